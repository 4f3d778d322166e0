package dev.parley.hub.bench.chaos;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.Choice;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.CompleteResponse;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.EmbedRequest;
import dev.parley.proto.v1.EmbedResponse;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.Prompt;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Makes calls with generated stubs, one at a time over one connection. Who would leave in the
 * middle stays here, as that is a matter of connections. Belongs to one thread, which it blocks.
 */
final class GrpcCaller implements SoakCaller {

  private static final int SLOW_PAUSE_MILLIS = 4;

  private final ClientFactory factory = ClientFactory.builder().workerGroup(1).build();
  private final ChatServiceGrpc.ChatServiceBlockingStub stub;

  GrpcCaller(int port) {
    this.stub =
        GrpcClients.builder("gproto+h2c://127.0.0.1:" + port + "/")
            .factory(factory)
            .responseTimeoutMillis(0)
            .maxResponseLength(0)
            .build(ChatServiceGrpc.ChatServiceBlockingStub.class);
  }

  @Override
  public Outcome call(SoakCall call) throws InterruptedException {
    boolean hurried = call.manner() == SoakCall.Manner.HURRIED;
    int patience = call.limitMillis() + (hurried ? 0 : HttpCaller.GRACE_MILLIS);
    ChatServiceGrpc.ChatServiceBlockingStub timed =
        stub.withDeadlineAfter(patience, TimeUnit.MILLISECONDS);
    StringBuilder text = new StringBuilder();
    try {
      return switch (call.alias().ability()) {
        case EMBEDDING -> vector(call, timed.embed(embedding(call)));
        case CHAT -> chat(call, timed, text);
      };
    } catch (StatusRuntimeException e) {
      return Truth.of(call.number()).text().startsWith(text.toString())
          ? failed(e, hurried)
          : new Outcome.Wrong("gRPC: an error behind \"" + text + "\"");
    }
  }

  private static Outcome chat(
      SoakCall call, ChatServiceGrpc.ChatServiceBlockingStub timed, StringBuilder text)
      throws InterruptedException {
    boolean finished = false;
    if (call.stream()) {
      Iterator<CompleteResponse> parts = timed.streamComplete(completion(call));
      while (parts.hasNext()) {
        finished |= append(parts.next(), text);
        if (call.manner() == SoakCall.Manner.SLOW_READER) {
          Thread.sleep(SLOW_PAUSE_MILLIS);
        }
      }
    } else {
      finished = append(timed.complete(completion(call)), text);
    }
    return finished && text.toString().equals(Truth.of(call.number()).text())
        ? new Outcome.Success(1)
        : new Outcome.Wrong("gRPC, finished: " + finished + ": \"" + text + "\"");
  }

  /** Whether the answer has its finish reason. */
  private static boolean append(CompleteResponse part, StringBuilder text) {
    boolean finished = false;
    for (Choice choice : part.getChoicesList()) {
      choice.getMessage().getContentList().forEach(content -> text.append(content.getText()));
      finished |= choice.getFinishReason().equals("stop");
    }
    return finished;
  }

  private static Outcome vector(SoakCall call, EmbedResponse answer) {
    double[] right = Truth.vector(call.number());
    boolean same =
        answer.getEmbeddingsCount() == 1
            && answer.getEmbeddings(0).getValuesCount() == right.length;
    for (int i = 0; same && i < right.length; i++) {
      same = answer.getEmbeddings(0).getValues(i) == (float) right[i];
    }
    return same ? new Outcome.Success(1) : new Outcome.Wrong("gRPC: another vector");
  }

  /** Only the hub's own errors have a reason; a deadline that passes here has none. */
  private static Outcome failed(StatusRuntimeException failure, boolean hurried) {
    String reason = reason(failure);
    if (!reason.isEmpty()) {
      return new Outcome.Refused("gRPC " + reason);
    }
    if (failure.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
      return new Outcome.Broken("gRPC status without a reason: " + failure.getStatus());
    }
    return hurried ? new Outcome.Refused("gRPC deadline of the caller") : new Outcome.Hung();
  }

  private static String reason(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return "";
    }
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
      return "";
    } catch (InvalidProtocolBufferException _) {
      return "";
    }
  }

  private static CompleteRequest completion(SoakCall call) {
    return CompleteRequest.newBuilder()
        .setModel(call.alias().label())
        .addMessages(
            Message.newBuilder()
                .setRole("user")
                .addContent(Content.newBuilder().setText(Question.spelled(call.number()))))
        .build();
  }

  private static EmbedRequest embedding(SoakCall call) {
    return EmbedRequest.newBuilder()
        .setModel(call.alias().label())
        .addInputs(Prompt.newBuilder().setText(Question.spelled(call.number())))
        .build();
  }

  @Override
  public void close() {
    factory.close();
  }
}
