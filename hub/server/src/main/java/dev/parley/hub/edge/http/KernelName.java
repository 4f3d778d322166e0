package dev.parley.hub.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;

/** Which kernel of the hub answered: a header over HTTP, metadata over gRPC. */
public final class KernelName {

  /** The header's name. */
  public static final String HEADER = "x-parley-model";

  private KernelName() {}

  /** Puts it on the answer, if there is one to name; before the answer begins. */
  public static void tell(ServiceRequestContext ctx, String model) {
    if (!model.isEmpty()) {
      ctx.setAdditionalResponseHeader(HEADER, model);
    }
  }
}
