package dev.parley.hub.bench.recognize;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.proto.v1.SpeechServiceGrpc;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.EventLoopGroup;

/** One connection for several live streams. */
final class LiveLine implements AutoCloseable {

  private static final Metadata.Key<String> ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private final ClientFactory factory;
  private final SpeechServiceGrpc.SpeechServiceStub stub;

  LiveLine(EventLoopGroup loop, int port) {
    this.factory = ClientFactory.builder().workerGroup(loop, false).build();
    this.stub =
        GrpcClients.builder("gproto+h2c://127.0.0.1:" + port + "/")
            .factory(factory)
            .responseTimeoutMillis(0)
            .maxResponseLength(0)
            .build(SpeechServiceGrpc.SpeechServiceStub.class);
  }

  /** Its calls bear this id as far as the server of recognition. */
  SpeechServiceGrpc.SpeechServiceStub stub(String id) {
    Metadata headers = new Metadata();
    headers.put(ID, id);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public void close() {
    factory.close();
  }
}
