package dev.parley.it;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.ChatServiceGrpc;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.Message;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;

/** A caller with generated stubs and connections of its own. */
final class GrpcCaller implements AutoCloseable {

  private final ClientFactory factory = ClientFactory.builder().build();
  private final String address;

  GrpcCaller(HubUnderTest hub) {
    this.address = "gproto+h2c://127.0.0.1:" + hub.port() + "/";
  }

  <T extends AbstractStub<T>> T stub(Class<T> type) {
    return GrpcClients.builder(address).factory(factory).responseTimeoutMillis(20_000).build(type);
  }

  ChatServiceGrpc.ChatServiceBlockingStub chat() {
    return stub(ChatServiceGrpc.ChatServiceBlockingStub.class);
  }

  static CompleteRequest say(String text) {
    return CompleteRequest.newBuilder()
        .setModel("gpt-4o-mini")
        .addMessages(
            Message.newBuilder().setRole("user").addContent(Content.newBuilder().setText(text)))
        .build();
  }

  static <T extends com.google.protobuf.Message> T detail(
      StatusRuntimeException failure, Class<T> type) throws InvalidProtocolBufferException {
    for (Any any : StatusProto.fromThrowable(failure).getDetailsList()) {
      if (any.is(type)) {
        return any.unpack(type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
  }

  @Override
  public void close() {
    factory.close();
  }
}
