package thalweg.optimizer;

/**
 * The parts of {@code group/rule/state/parameter}. Only a parameter's name may have slashes of its
 * own.
 *
 * @param state {@code rule/state}
 * @param parameter empty for what belongs to the whole group
 */
record StateName(String group, String state, String parameter) {
  static StateName of(String key) {
    String[] parts = key.split("/", 4);
    return switch (parts.length) {
      case 4 -> new StateName(parts[0], parts[1] + "/" + parts[2], parts[3]);
      case 3 -> new StateName(parts[0], parts[1] + "/" + parts[2], "");
      default ->
          throw new IllegalArgumentException(
              "'%s' names no state; a name is group/rule/state/parameter".formatted(key));
    };
  }

  /** The group that any key begins with. */
  static String group(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }

  /** What any key has behind its group. */
  static String rest(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  /** Refuses a name that would make keys ambiguous. */
  static void checkGroup(String name) {
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException(
          "a group is named '%s'; states are kept under group/rule/state/parameter, so give it a name without a slash"
              .formatted(name));
    }
  }
}
