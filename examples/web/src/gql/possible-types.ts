
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
    ]
  }
};
      export default result;
    