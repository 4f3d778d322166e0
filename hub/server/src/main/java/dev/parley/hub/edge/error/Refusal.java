package dev.parley.hub.edge.error;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.grpc.protocol.GrpcHeaderNames;
import com.linecorp.armeria.common.grpc.protocol.StatusMessageEscaper;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Renders a failure for a request that no service has seen, in the words that its caller speaks:
 * gRPC and gRPC-Web get a status with details in the head of an answer without a body, everybody
 * else the error object.
 */
public final class Refusal {

  private Refusal() {}

  /** Whether the caller speaks gRPC, or gRPC-Web. */
  public static boolean isGrpc(HttpRequest req) {
    MediaType type = req.contentType();
    return type != null
        && type.type().equals("application")
        && (type.subtype().equals("grpc")
            || type.subtype().startsWith("grpc+")
            || type.subtype().startsWith("grpc-web"));
  }

  /** The whole answer. The body of the request is not read. */
  public static HttpResponse response(HttpRequest req, ErrorView view, String requestId) {
    MediaType type = isGrpc(req) ? req.contentType() : null;
    req.abort();
    return type == null ? OpenAiErrors.response(view) : grpc(type, view, requestId);
  }

  private static HttpResponse grpc(MediaType type, ErrorView view, String requestId) {
    StatusRuntimeException refused = GrpcErrors.exception(view, requestId);
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .endOfStream(true)
            .contentType(type.withoutParameters())
            .setInt(GrpcHeaderNames.GRPC_STATUS, refused.getStatus().getCode().value())
            .set(GrpcHeaderNames.GRPC_MESSAGE, StatusMessageEscaper.escape(view.message()));
    com.google.rpc.@Nullable Status details = StatusProto.fromThrowable(refused);
    if (details != null) {
      headers.set(
          GrpcHeaderNames.GRPC_STATUS_DETAILS_BIN,
          Base64.getEncoder().withoutPadding().encodeToString(details.toByteArray()));
    }
    return HttpResponse.of(headers.build());
  }
}
