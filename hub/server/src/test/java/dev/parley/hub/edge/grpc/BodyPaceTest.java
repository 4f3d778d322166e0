package dev.parley.hub.edge.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.proto.admin.v1.CreateKeyRequest;
import dev.parley.proto.admin.v1.CreateKeyResponse;
import dev.parley.proto.admin.v1.KeyServiceGrpc;
import dev.parley.proto.v1.AudioServiceGrpc;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.StreamingDetectSpeechRequest;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that drip, on real sockets. */
@Timeout(30)
class BodyPaceTest {

  private static final String UNARY = "/parley.admin.v1.KeyService/CreateKey";
  private static final String STREAM = "/parley.v1.AudioService/StreamingDetectSpeech";
  private static final int DRIP_MILLIS = 5;

  /** Longer than several looks at the pace. */
  private static final int DRIPS = 100;

  /** Enough for a busy machine; as soon as there is an answer, nothing more is sent. */
  private static final int DRIPS_MAX = 2_000;

  @RegisterExtension
  static final ServerExtension SERVER =
      new ServerExtension() {
        @Override
        protected void configure(ServerBuilder server) {
          CallFailures failures = new CallFailures();
          UnexpectedFailures unexpected = new UnexpectedFailures(failures, 1 << 20);
          GrpcService service =
              GrpcService.builder()
                  .addService(
                      new KeyServiceGrpc.KeyServiceImplBase() {
                        @Override
                        public void createKey(
                            CreateKeyRequest request, StreamObserver<CreateKeyResponse> caller) {
                          caller.onNext(CreateKeyResponse.getDefaultInstance());
                          caller.onCompleted();
                        }
                      })
                  .addService(
                      new AudioServiceGrpc.AudioServiceImplBase() {
                        @Override
                        public StreamObserver<StreamingDetectSpeechRequest> streamingDetectSpeech(
                            StreamObserver<SpeechEvent> caller) {
                          return new StreamObserver<>() {
                            @Override
                            public void onNext(StreamingDetectSpeechRequest message) {}

                            @Override
                            public void onError(Throwable failure) {}

                            @Override
                            public void onCompleted() {}
                          };
                        }
                      })
                  .intercept(new ValidatingInterceptor(failures))
                  .exceptionHandler(unexpected)
                  .jsonMarshallerFactory(_ -> new ProtoJson())
                  .enableHttpJsonTranscoding(true)
                  .build();
          server
              .requestTimeout(Duration.ZERO)
              .service(
                  new TranscodedAnswers(
                      service,
                      failures,
                      unexpected,
                      new QueryNames(List.of()),
                      new PathNames(List.of()),
                      1 << 20,
                      new BodyPace(Duration.ofMillis(400), 1_024)));
        }
      };

  private static Socket open(String path, String type) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.httpPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(DRIP_MILLIS);
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + path
                    + " HTTP/1.1\r\nhost: a\r\ncontent-type: "
                    + type
                    + "\r\ntransfer-encoding: chunked\r\n\r\n")
                .getBytes(ISO_8859_1));
    return socket;
  }

  /** One byte after the other until this is answered, or often enough; what was answered. */
  private static String drip(Socket socket, int drips, String awaited) throws IOException {
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    // The length of a message of 64 KiB, and then its bytes; spaces where it is JSON.
    byte[] message = {0, 0, 1, 0, 0};
    byte[] room = new byte[4_096];
    for (int i = 0; i < drips && answer.indexOf(awaited) < 0; i++) {
      try {
        int count = in.read(room);
        if (count < 0) {
          break;
        }
        answer.append(new String(room, 0, count, ISO_8859_1));
      } catch (SocketTimeoutException _) {
        byte drop = i < message.length ? message[i] : (byte) ' ';
        out.write(new byte[] {'1', '\r', '\n', drop, '\r', '\n'});
      }
    }
    return answer.toString();
  }

  @Test
  void endsARequestWhoseBodyDrips() throws IOException {
    try (Socket socket = open("/api/admin/keys", "application/json")) {
      assertThat(drip(socket, DRIPS_MAX, "504")).startsWith("HTTP/1.1 504");
    }
  }

  /** The status comes as trailers, behind a head that says only that this is gRPC-Web. */
  @Test
  void endsACallWhoseOneMessageDrips() throws IOException {
    try (Socket socket = open(UNARY, "application/grpc-web+proto")) {
      assertThat(drip(socket, DRIPS_MAX, "grpc-status")).containsIgnoringCase("grpc-status: 4");
    }
  }

  /** Slower than it could be, though fast enough at every look. */
  @ParameterizedTest
  @CsvSource({UNARY + ", application/grpc-web+proto", "/api/admin/keys, application/json"})
  void letsABodyTakeItsTimeThatGoesOn(String path, String type) throws IOException {
    byte[] piece = new byte[1_500];
    Arrays.fill(piece, (byte) ' ');
    try (Socket socket = open(path, type)) {
      socket.setSoTimeout(50);
      OutputStream out = socket.getOutputStream();
      if (path.equals(UNARY)) {
        out.write("5\r\n".getBytes(ISO_8859_1));
        out.write(new byte[] {0, 0, 1, 0, 0, '\r', '\n'});
      }
      for (int i = 0; i < 20; i++) {
        out.write("5dc\r\n".getBytes(ISO_8859_1));
        out.write(piece);
        out.write("\r\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void letsStreamsRest() throws IOException {
    try (Socket socket = open(STREAM, "application/grpc-web+proto")) {
      assertThat(drip(socket, DRIPS, "grpc-status")).doesNotContain("grpc-status");
    }
  }

  @ParameterizedTest
  @CsvSource({
    UNARY + ", application/grpc-web+proto, 0000000000",
    "/api/admin/keys, application/json, 7b226b6579223a7b226e616d65223a2261227d7d"
  })
  void answersAMessageThatComesAtOnce(String path, String type, String hex) throws IOException {
    byte[] body = HexFormat.of().parseHex(hex);
    try (Socket socket = open(path, type)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body);
      out.write("\r\n0\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
          .isEqualTo("HTTP/1.1 200");
    }
  }
}
