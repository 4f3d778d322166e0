package dev.parley.it;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.Message;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes calls with the generated stub. */
record GrpcFace(HubUnderTest hub, Face face) {

  private static final String TIMEOUT = "grpc-timeout";

  Outcome ask(Ask ask) {
    AtomicReference<Metadata> head = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    ChatServiceGrpc.ChatServiceBlockingStub stub =
        stub(ask, MetadataUtils.newCaptureMetadataInterceptor(head, trailers));
    List<CompleteResponse> said = new ArrayList<>();
    Outcome.Failure failure = null;
    try {
      if (face.streams()) {
        stub.streamComplete(request(ask).setIncludeUsage(true).build()).forEachRemaining(said::add);
      } else {
        said.add(stub.complete(request(ask).build()));
      }
    } catch (StatusRuntimeException e) {
      failure = failure(e);
    }
    Map<String, String> told = new LinkedHashMap<>();
    add(head.get(), told);
    add(trailers.get(), told);
    return outcome(said, told, failure);
  }

  private ChatServiceGrpc.ChatServiceBlockingStub stub(Ask ask, ClientInterceptor capture) {
    Metadata metadata = new Metadata();
    ask.headers()
        .forEach((name, value) -> {
          if (!name.equals(TIMEOUT)) {
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
          }
        });
    ChatServiceGrpc.ChatServiceBlockingStub stub =
        GrpcClients.newClient(
                "gproto+h2c://127.0.0.1:" + hub.port() + "/",
                ChatServiceGrpc.ChatServiceBlockingStub.class)
            .withInterceptors(capture, MetadataUtils.newAttachHeadersInterceptor(metadata));
    String timeout = ask.headers().get(TIMEOUT);
    return timeout == null ? stub : stub.withDeadlineAfter(millis(timeout), TimeUnit.MILLISECONDS);
  }

  private static long millis(String timeout) {
    if (!timeout.endsWith("m")) {
      throw new IllegalArgumentException(timeout + " (expected: milliseconds, as in 300m)");
    }
    return Long.parseLong(timeout.substring(0, timeout.length() - 1));
  }

  private static CompleteRequest.Builder request(Ask ask) {
    return CompleteRequest.newBuilder()
        .setModel(ask.model())
        .addMessages(
            Message.newBuilder()
                .setRole("user")
                .addContent(Content.newBuilder().setText(ask.text())));
  }

  private static void add(@Nullable Metadata metadata, Map<String, String> told) {
    if (metadata != null) {
      for (String name : metadata.keys()) {
        if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
          told.put(name, metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
      }
    }
  }

  private static Outcome.Failure failure(StatusRuntimeException thrown) {
    String reason = "";
    long retryMillis = -1;
    try {
      for (Any any : StatusProto.fromThrowable(thrown).getDetailsList()) {
        if (any.is(ErrorInfo.class)) {
          reason = any.unpack(ErrorInfo.class).getReason();
        } else if (any.is(RetryInfo.class)) {
          var delay = any.unpack(RetryInfo.class).getRetryDelay();
          retryMillis = delay.getSeconds() * 1_000 + delay.getNanos() / 1_000_000;
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return new Outcome.Failure(
        thrown.getStatus().getCode().name(),
        reason,
        String.valueOf(thrown.getStatus().getDescription()),
        retryMillis);
  }

  private Outcome outcome(
      List<CompleteResponse> said, Map<String, String> told, Outcome.@Nullable Failure failure) {
    StringBuilder text = new StringBuilder();
    Set<String> models = new LinkedHashSet<>();
    String finish = "";
    int totalTokens = -1;
    for (CompleteResponse answer : said) {
      models.add(answer.getModel());
      for (var choice : answer.getChoicesList()) {
        choice.getMessage().getContentList().forEach(content -> text.append(content.getText()));
        finish = choice.getFinishReason().isEmpty() ? finish : choice.getFinishReason();
      }
      totalTokens = answer.hasUsage() ? (int) answer.getUsage().getTotalTokens() : totalTokens;
    }
    return new Outcome(face, text.toString(), models, finish, totalTokens, told, failure);
  }
}
