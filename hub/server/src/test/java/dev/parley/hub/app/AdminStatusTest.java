package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.core.json.JsonValue;
import dev.parley.hub.fake.Events;
import dev.parley.proto.admin.v1.AdminServiceGrpc;
import dev.parley.proto.admin.v1.GetStatusRequest;
import dev.parley.proto.admin.v1.SystemStatus;
import dev.parley.proto.admin.v1.WatchStatusRequest;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What administrators are told of the hub. */
@Timeout(60)
class AdminStatusTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  static Path data;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static ObservedHub hub;

  @BeforeAll
  static void start() throws Exception {
    hub = new ObservedHub(data, "");
    hub.send(hub.chat("gpt-4o-mini", ""));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return GrpcClients.newClient(
        "http://127.0.0.1:" + hub.port(), AdminServiceGrpc.AdminServiceBlockingStub.class);
  }

  @Test
  void tellsMachineBackendsModelsAndWhatItLeansOn() {
    SystemStatus status = admin().getStatus(GetStatusRequest.getDefaultInstance());
    assertThat(status.getHost().getLogicalCpus())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(status.getHost().getMemoryTotalBytes())
        .isGreaterThan(status.getHost().getMemoryUsedBytes());
    assertThat(status.getHost().getUptimeSeconds()).isPositive();
    assertThat(status.getHost().getCpuUtilization()).isBetween(0f, 1f);
    assertThat(status.getBackendsList())
        .filteredOn(backend -> backend.getId().equals("openai"))
        .singleElement()
        .satisfies(backend -> {
          assertThat(backend.getUrl()).isEqualTo(hub.backend().baseUri().toString());
          assertThat(backend.getHealth()).isEqualTo("healthy");
          assertThat(backend.getCircuit()).isEqualTo("closed");
          assertThat(backend.getInFlight()).isZero();
          assertThat(backend.getLatencyP50Ms()).isPositive();
          assertThat(backend.getErrorRate()).isZero();
        });
    assertThat(status.getModelsList()).anyMatch(model -> model.getId().equals("gpt-4o-mini"));
    assertThat(status.getDependenciesList()).isNotEmpty();
    assertThat(status.getTime().getSeconds()).isPositive();
    assertThat(status.getGpusList()).isEmpty();
  }

  @Test
  void isTranscoded() throws Exception {
    HttpResponse<String> answer = hub.get("/api/admin/status");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonValue status = Events.json(answer.body());
    assertThat(status.get("host")).isNotNull();
    assertThat(answer.body()).contains("\"health\":\"healthy\"");
  }

  @Test
  void isWatchedOverGrpc() throws Exception {
    BlockingQueue<SystemStatus> states = new LinkedBlockingQueue<>();
    AdminServiceGrpc.AdminServiceStub watching =
        GrpcClients.newClient(
            "http://127.0.0.1:" + hub.port(), AdminServiceGrpc.AdminServiceStub.class);
    try (Context.CancellableContext leaving = Context.current().withCancellation()) {
      leaving.run(() ->
          watching.watchStatus(
              WatchStatusRequest.newBuilder().setIntervalMs(500).build(),
              new StreamObserver<>() {
                @Override
                public void onNext(SystemStatus status) {
                  states.add(status);
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {}
              }));
      SystemStatus first = Objects.requireNonNull(states.poll(10, TimeUnit.SECONDS));
      SystemStatus second = Objects.requireNonNull(states.poll(10, TimeUnit.SECONDS));
      assertThat(second.getHost().getUptimeSeconds())
          .isGreaterThan(first.getHost().getUptimeSeconds());
    }
  }

  @Test
  void isWatchedAsEvents() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          GET /api/admin/status?interval_ms=500 HTTP/1.1\r
          host: x\r
          accept: text/event-stream\r
          \r
          """
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      int events = 0;
      boolean typed = false;
      while (events < 2) {
        String line = in.readLine();
        assertThat(line).isNotNull();
        typed |= line.startsWith("content-type: text/event-stream");
        if (line.startsWith("data: ")) {
          assertThat(Events.json(line.substring(6)).get("host")).isNotNull();
          events++;
        }
      }
      assertThat(typed).isTrue();
    }
  }

  @Test
  void refusesAnIntervalThatIsTooShort() throws Exception {
    HttpResponse<String> refused =
        hub.send(
            hub.request("/api/admin/status?interval_ms=20").header("accept", "text/event-stream"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("interval_ms");
  }
}
