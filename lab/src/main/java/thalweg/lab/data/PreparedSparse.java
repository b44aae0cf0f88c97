package thalweg.lab.data;

import thalweg.lab.BadInput;

final class PreparedSparse {
  private PreparedSparse() {}

  static Prepared of(DataRequest request) {
    throw new BadInput("data '%s' cannot be read yet".formatted(request.data()));
  }
}
