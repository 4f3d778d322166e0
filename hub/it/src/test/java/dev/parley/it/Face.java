package dev.parley.it;

/** The ways in which one and the same call can be made. */
enum Face {
  REST_STREAM,
  REST_WHOLE,
  GRPC_STREAM,
  GRPC_WHOLE;

  boolean streams() {
    return this == REST_STREAM || this == GRPC_STREAM;
  }

  boolean isGrpc() {
    return this == GRPC_STREAM || this == GRPC_WHOLE;
  }

  /** Makes the call and waits until it has ended in whatever way. */
  Outcome ask(HubUnderTest hub, Ask ask) {
    return isGrpc() ? new GrpcFace(hub, this).ask(ask) : new RestFace(hub, this).ask(ask);
  }
}
