
      export type PossibleTypesResultData = {
  "possibleTypes": {
    "Group": [
      "LinkGroup",
      "StandardGroup",
      "TaskGroup"
    ],
    "MenuEntry": [
      "LinkGroup",
      "StandardGroup",
      "TaskGroup"
    ],
    "Message": [
      "EnrichedMessage",
      "FileMessage",
      "FormMessage",
      "ImageMessage",
      "OtherMessage",
      "SystemMessage",
      "TextMessage"
    ],
    "MutationError": [
      "FormRequired",
      "Gone",
      "NotANextState",
      "NotAllowed",
      "Refused",
      "StateChanged"
    ]
  }
};
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "Group": [
      "LinkGroup",
      "StandardGroup",
      "TaskGroup"
    ],
    "MenuEntry": [
      "LinkGroup",
      "StandardGroup",
      "TaskGroup"
    ],
    "Message": [
      "EnrichedMessage",
      "FileMessage",
      "FormMessage",
      "ImageMessage",
      "OtherMessage",
      "SystemMessage",
      "TextMessage"
    ],
    "MutationError": [
      "FormRequired",
      "Gone",
      "NotANextState",
      "NotAllowed",
      "Refused",
      "StateChanged"
    ]
  }
};
      export default result;
    