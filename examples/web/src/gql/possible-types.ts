
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
    ]
  }
};
      export default result;
    