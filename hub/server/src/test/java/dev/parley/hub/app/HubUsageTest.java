package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageQueries;
import dev.parley.hub.usage.UsageRow;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What calls leave in the ledger of the hub that is shipped, and how it is read. */
@Timeout(120)
class HubUsageTest {

  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"yes\"},"
          + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,"
          + "\"completion_tokens\":500,\"total_tokens\":1500,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":400}}}";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch never = new CountDownLatch(1);

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer backend;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Hub hub;

  @BeforeEach
  void begin() throws Exception {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    backend.createContext(
        "/v1/chat/completions",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean stream = asked.contains("\"stream\":true");
          exchange
              .getResponseHeaders()
              .set("content-type", stream ? "text/event-stream" : "application/json");
          exchange.sendResponseHeaders(asked.contains("fail") ? 400 : 200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            if (stream) {
              for (int i = 0; i < 3; i++) {
                out.write(
                    ("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
                            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                            + "\"w\"},\"finish_reason\":null}]}\n\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
              }
              never.await();
            } else {
              out.write(
                  (asked.contains("fail") ? "{\"error\":{\"message\":\"no\"}}" : ANSWER)
                      .getBytes(StandardCharsets.UTF_8));
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    backend.start();
    String yaml =
        "server: { port: 0, drain_timeout: 0s }\nusage: { flush: 20ms }\n"
            + "backends: [{ id: b, type: openai, base_url: \"http://127.0.0.1:"
            + backend.getAddress().getPort()
            + "/v1\", models: [{ id: m, capabilities: [chat], price: { input_tokens: 1,"
            + " cached_tokens: 0.5, output_tokens: 2, request: 0.001 } }] }]\n";
    Files.writeString(folder.resolve("hub.yaml"), yaml);
    hub =
        new Hub(
            ConfigReader.parse(yaml, "test", BackendTypes.NAMES, _ -> null),
            Places.in(folder.resolve("data")),
            Clock.system());
    hub.start().join();
  }

  @AfterEach
  void end() {
    never.countDown();
    hub.close();
    backend.stop(0);
    client.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path));
  }

  private HttpRequest chat(String text, boolean stream) {
    return request("/v1/chat/completions")
        .header("content-type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"model\":\"m\",\"stream\":"
                    + stream
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + text
                    + "\"}]}"))
        .build();
  }

  private List<UsageRow> rows(int count) {
    while (hub.usage().status().written() < count) {
      LockSupport.parkNanos(1_000_000);
    }
    List<UsageRow> rows = new ArrayList<>();
    UsageQueries.rows(hub.usage(), UsageFilter.ALL, rows::add);
    assertThat(rows).hasSize(count);
    return rows;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private int calls(String text, boolean stream) throws Exception {
    return client.send(chat(text, stream), BodyHandlers.ofString()).statusCode();
  }

  @Test
  void notesWhatACallTookAndCost() throws Exception {
    assertThat(calls("x", false)).isEqualTo(200);
    UsageRow row = rows(1).getFirst();
    assertThat(row.asked()).isEqualTo(new UsageRow.Asked("chat", "m", false));
    assertThat(row.served()).isEqualTo(new UsageRow.Served("b", "m", 1, ""));
    assertThat(row.used()).isEqualTo(new UsageRow.Used(1_000, 500, 400, 0, 0, 0, false, 0, 0, 0));
    // 600 plain and 400 cached tokens in, 500 out, and the call itself, in millionths.
    assertThat(row.cost()).isEqualTo(new UsageRow.Cost(600 + 200 + 1_000 + 1_000, "USD"));
    assertThat(row.outcome()).isEqualTo("ok");
    assertThat(row.firstByteMillis()).isNotNegative();
  }

  @Test
  void chargesNothingForACallThatFailed() throws Exception {
    assertThat(calls("fail", false)).isEqualTo(400);
    UsageRow row = rows(1).getFirst();
    assertThat(row.outcome()).isEqualTo("backend_rejected");
    assertThat(row.cost().micros()).isZero();
  }

  @Test
  void countsWhatAStreamGaveUntilItsCallerLeft() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(chat("tell me more", true), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      int events = 0;
      for (int c; events < 3 && (c = body.read()) >= 0; ) {
        events += c == 'w' ? 1 : 0;
      }
      assertThat(events).isEqualTo(3);
    }
    UsageRow row = rows(1).getFirst();
    assertThat(row.outcome()).isEqualTo("cancelled");
    assertThat(row.used().guessed()).isTrue();
    assertThat(row.used().outputTokens()).isEqualTo(3);
    assertThat(row.used().inputTokens()).isPositive();
    assertThat(row.cost().micros()).isPositive();
  }

  @Test
  void notesWhatTheHubDoesWithSoundItself() throws Exception {
    HttpRequest upload =
        request("/api/media")
            .header("content-type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5_000]))
            .build();
    var _ = client.send(upload, BodyHandlers.ofString());
    UsageRow row = rows(1).getFirst();
    assertThat(row.asked().kind()).isEqualTo("upload");
    assertThat(row.served()).isEqualTo(UsageRow.Served.NOBODY);
    assertThat(row.cost().isKnown()).isFalse();
  }

  @Test
  void tellsOperatorsSumsAndCalls() throws Exception {
    assertThat(calls("x", false)).isEqualTo(200);
    assertThat(calls("fail", false)).isEqualTo(400);
    var _ = rows(2);
    HttpResponse<String> sums = get("/api/admin/usage?group_by=outcome&group_by=backend&model=m");
    assertThat(sums.statusCode()).isEqualTo(200);
    assertThat(sums.body())
        .contains("\"group\":[\"backend_rejected\",\"b\"]", "\"group\":[\"ok\",\"b\"]", "\"USD\"");
    assertThat(get("/api/admin/usage?model=other").body()).contains("\"call_count\":0");
    HttpResponse<String> csv = get("/api/admin/usage.csv?outcome=ok");
    assertThat(csv.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.body().lines()).hasSize(2).first().asString().startsWith("id,time,request_id");
    assertThat(csv.body().lines().toList().get(1)).contains(",chat,false,m,b,m,1,1000,500,400,");
    assertThat(get("/api/admin/usage.csv?outcom=ok").statusCode()).isEqualTo(400);
    assertThat(get("/api/admin/usage?from=yesterday").statusCode()).isEqualTo(400);
    assertThat(get("/api/admin/usage?group_by=planet").statusCode()).isEqualTo(400);
    assertThat(get("/api/admin/usage?from=2026-11-02&to=2026-11-01").statusCode()).isEqualTo(400);
    assertThat(get("/metrics").body()).contains("parley_usage_written{model=\"\"} 2.0");
  }

  private record Said(int code, String out, String err) {}

  private Said usage(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> args = new ArrayList<>(List.of("usage"));
    args.addAll(List.of(words));
    int code =
        new Main()
            .run(
                args,
                new Shell(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    _ -> null,
                    folder,
                    Clock.system()));
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void showsSumsOnTheCommandLineWhileTheHubRuns() throws Exception {
    assertThat(calls("x", false)).isEqualTo(200);
    assertThat(calls("fail", false)).isEqualTo(400);
    var _ = rows(2);
    Said table = usage("--by", "backend,outcome");
    assertThat(table.code()).isEqualTo(Exit.FINE);
    assertThat(table.out())
        .containsPattern("BACKEND +OUTCOME +CALLS +ERRORS +TOKENS IN .*COST USD")
        .containsPattern("b +ok +1 +0 +1000 +400 +500 .* 0\\.002800")
        .containsPattern("TOTAL +2 +1 ")
        .contains("2 calls from ");
    assertThat(usage("--csv").out().lines()).hasSize(3);
    assertThat(usage("--key", "nobody").out()).startsWith("no calls from ");
    assertThat(usage("--by", "planet").err())
        .contains("unknown group \"planet\"", "known: backend, day, key, kind, model");
    assertThat(usage("--from", "yesterday").err()).contains("expected: a day, 2026-11-30");
    assertThat(usage("--from", "2026-11-02", "--to", "2026-11-01").code()).isEqualTo(Exit.WRONG);
    assertThat(usage("--data", "elsewhere").err()).contains("no ledger in ");
  }
}
