package thalweg.text;

/** What an entry of the {@link Catalogue} is for: the headings it is listed under, in order. */
public enum Purpose {
  /** A whole optimizer. */
  OPTIMIZER("Optimizers"),
  /** Bounds the direction. */
  CLIPPING("Clipping"),
  /** Pulls parameters toward zero. */
  DECAY("Weight decay and regularization"),
  /** Remembers past directions. */
  MOMENTUM("Momentum and running means"),
  /** Gives every element, row or tensor a size of its own. */
  SCALING("Scaling"),
  /** Turns or alters the direction in another way. */
  DIRECTION("The direction itself"),
  /** Moves the parameter. */
  DESCENT("The step"),
  /** Brings the parameter back where it may be, after the step. */
  PROJECTION("Projections and proximal steps"),
  /** Decides when and whether others act. */
  WRAPPER("Wrappers and guards");

  private final String title;

  Purpose(String title) {
    this.title = title;
  }

  /** The heading. */
  public String title() {
    return title;
  }
}
