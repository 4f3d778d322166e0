package dev.parley.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.client.grpc.GrpcClients;
import dev.parley.adapters.BackendTypes;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.ConfigReader;
import dev.parley.proto.admin.v1.Allowance;
import dev.parley.proto.admin.v1.CreateKeyRequest;
import dev.parley.proto.admin.v1.Key;
import dev.parley.proto.admin.v1.KeyServiceGrpc;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import dev.parley.proto.admin.v1.Quota;
import dev.parley.proto.admin.v1.RotateKeyRequest;
import dev.parley.proto.admin.v1.UsageServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators get wrong over HTTP and gRPC, and what they are told. */
@Timeout(60)
class AdminMistakesTest {

  private static final String BOSS = "sk-boss-1234-1234-1234";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  static Path data;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Hub hub;

  @BeforeAll
  static void begin() throws Exception {
    hub =
        new Hub(
            ConfigReader.parse(
                "server: { port: 0, drain_timeout: 0s }\nbackends: []\n"
                    + "access: { keys: [{ name: boss, key: \""
                    + BOSS
                    + "\", role: admin }] }\n",
                "test",
                BackendTypes.NAMES,
                _ -> null),
            Places.in(data),
            Clock.system());
    hub.start().join();
    assertThat(send("POST", "/api/admin/keys", "{\"key\":{\"name\":\"night\"}}").statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  static void end() {
    hub.close();
    CLIENT.close();
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
            .header("authorization", "Bearer " + BOSS)
            .header("content-type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                        | body: no JSON, or JSON that is no object",
        "[]                                       | body: no JSON, or JSON that is no object",
        "{}                                       | key: not set (expected: a value)",
        "{'name':'x'}                             | name: an unknown member (expected: key)",
        "{'key':'x'}                              | key: 'x' (expected: an object)",
        "{'key':{}}                               | key.name: '' (expected: 1 to 128 visible",
        "{'key':{'name':5}}                       | key.name: 5 (expected: a string)",
        "{'key':{'name':'a,b'}}                   | key.name: 'a,b' (expected: 1 to 128",
        "{'key':{'nmae':'x'}}                     | key.nmae: an unknown member (expected: name)",
        "{'key':{'name':'x','tags':'y'}}          | key.tags: 'y' (expected: an array)",
        "{'key':{'name':'x','tags':['a b']}}      | key.tags: 'a b' (expected: 1 to 128",
        "{'key':{'name':'x','models':['g*t']}}    | * at the end only",
        "{'key':{'name':'x','capabilities':['chatt']}} | did you mean 'chat'?",
        "{'key':{'name':'x','role':'admni'}}      | one of caller, admin; did you mean 'admin'?",
        "{'key':{'name':'x','priority_max':'top'}} | one of interactive, standard, batch",
        "{'key':{'name':'x','allow_backend_choice':'no'}} | (expected: true or false)",
        "{'key':{'name':'x','expire_time':'soon'}} | a time such as 2026-01-31T12:00:00Z",
        "{'key':{'name':'x','expire_time':'2020-01-01T00:00:00Z'}} | which is past",
        "{'key':{'name':'x','expire_time':'+12020-01-01T00:00:00Z'}} | from 1970 to 9999",
        "{'key':{'name':'x','allowance':{'budget':5}}} | quotas, streams_max, day_budget_micros",
        "{'key':{'name':'x','allowance':{'streams_max':-1}}} | -1 (expected: 0..100000)",
        "{'key':{'name':'x','allowance':{'day_budget_micros':-5}}} | -5 (expected: at least 0)",
        "{'key':{'name':'x','allowance':{'day_budget_micros':9223372036854775807}}} | within 0..10000",
      })
  void aKeyThatCannotBeIsToldWithTheMember(String body, String told) throws Exception {
    HttpResponse<String> refused = send("POST", "/api/admin/keys", body.replace('\'', '"'));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'unit':'request','amount':1,'period_seconds':60  | did you mean 'requests'?",
        "'amount':1,'period_seconds':60                   | quotas[0].unit: not set",
        "'unit':'requests','amount':-1,'period_seconds':60 | amount: -1 (expected: 1..1000000000000)",
        "'unit':'requests','amount':'x','period_seconds':60 | amount: 'x' (expected: a whole number)",
        "'unit':'requests','amount':1.5,'period_seconds':60 | amount: 1.5 (expected: a whole number)",
        "'unit':'requests','amount':1                     | period_seconds: 0 (expected: 1..2678400)",
        "'unit':'requests','amount':1,'period_seconds':'1m' | period_seconds: '1m'",
        "'unit':'requests','amount':9000000,'period_seconds':1 | at most 1000000 a second",
      })
  void aLimitThatCannotBeIsToldWithItsPlace(String quota, String told) throws Exception {
    String body =
        ("{'key':{'name':'x','allowance':{'quotas':[{" + quota + "}]}}}").replace('\'', '"');
    HttpResponse<String> refused = send("POST", "/api/admin/keys", body);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains(told, "key.allowance.quotas[0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "POST   | /api/admin/keys | {'key':{'name':'night'}} | 409 | there is a key of the name 'night'",
        "GET    | /api/admin/keys/nigth | - | 404 | did you mean 'night'?",
        "PUT    | /api/admin/keys/none | {} | 404 | the key 'none' does not exist",
        "PUT    | /api/admin/keys/boss | {} | 400 | a key of the configuration or the environment",
        "PUT    | /api/admin/keys/night | {'etag':'x'} | 409 | has changed",
        "PUT    | /api/admin/keys/night | {'name':'day'} | 400 | key.name: 'day' in the body (expected: 'night', as",
        "PUT    | /api/admin/keys/night | {'name':'night','name':'day'} | 400 | 'day' in the body (expected: 'night'",
        "PUT    | /api/admin/keys/night | {'name':5} | 400 | key.name: 5 in the body (expected: 'night', as",
        "PUT    | /api/admin/keys/night?key.name=day | {} | 400 | key.name: 'day' in the query (expected: 'night', as",
        "PUT    | /api/admin/keys/n%69ght | {'name':'day'} | 400 | key.name: 'day' in the body (expected: 'night', as",
        "POST   | /api/admin/keys/night:rotate | {'name':'day'} | 400 | name: 'day' in the body (expected: 'night', as",
        "POST   | /api/admin/keys/night:rotate?name=day | {} | 400 | name: 'day' in the query (expected: 'night', as",
        "POST   | /api/admin/keys/night:revoke | {'name':'day'} | 400 | name: 'day' in the body (expected: 'night', as",
        "POST   | /api/admin/models/m/load | {'model':'n'} | 400 | model: 'n' in the body (expected: 'm', as",
        "DELETE | /voices/v_1?voiceId=v_2 | - | 400 | voice_id: 'v_2' in the query (expected: 'v_1', as",
        "POST   | /voices/v_1/references | {'voice_id':'v_2'} | 400 | voice_id: 'v_2' in the body (expected: 'v_1', as",
        "POST   | /api/admin/keys/night:rotate | {'overlap':'1h'} | 400 | name, overlap_seconds",
        "POST   | /api/admin/keys/night:rotate | {'overlap_seconds':-1} | 400 | 0..2678400",
        "POST   | /api/admin/keys/none:revoke | {} | 404 | the key 'none' does not exist",
        "DELETE | /api/admin/keys | - | 405 | method DELETE (expected: GET, POST)",
        "GET    | /api/admin/key | - | 404 | did you mean '/api/admin/keys'?",
        "GET    | /api/admin/stauts | - | 404 | did you mean '/api/admin/status'?",
        "GET    | /api/admin/keys?page_size=x | - | 400 | page_size: 'x' (expected: a whole number)",
        "GET    | /api/admin/keys?page_size=-1 | - | 400 | page_size: -1 (expected: 0..1000)",
        "GET    | /api/admin/keys?pagesize=1 | - | 400 | did you mean 'page_size'?",
        "GET    | /api/admin/keys?page_token=x | - | 400 | next_page_token of a page",
        "GET    | /api/admin/usage?from=1.11.2026 | - | 400 | '1.11.2026' (expected: a day such as",
        "GET    | /api/admin/usage?frm=2026-11-01 | - | 400 | did you mean 'from'?",
        "GET    | /api/admin/usage?group_by=models | - | 400 | one of key, owner, model, backend",
        "GET    | /api/admin/usage?group_by=day&group_by=day | - | 400 | each once",
        "GET    | /api/admin/usage?groups_max=20000 | - | 400 | 20000 (expected: 0..10000)",
        "GET    | /api/admin/usage.csv?frm=2026-11-01 | - | 400 | did you mean 'from'?",
        "GET    | /api/admin/usage.csv?group_by=day | - | 400 | group_by: an unknown parameter",
      })
  void whatIsAskedForWronglyIsNamed(
      String method, String path, @Nullable String body, int status, String told) throws Exception {
    HttpResponse<String> refused = send(method, path, body == null ? "" : body.replace('\'', '"'));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    assertThat(refused.body()).contains(told);
  }

  @Test
  void aBodyMaySayTheNameOfThePathAgain() throws Exception {
    assertThat(send("POST", "/api/admin/keys", "{\"key\":{\"name\":\"noon\"}}").statusCode())
        .isEqualTo(201);
    HttpResponse<String> changed =
        send("PUT", "/api/admin/keys/noon", "{\"name\":\"noon\",\"owner\":\"x\"}");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(changed.body()).contains("\"name\":\"noon\"", "\"owner\":\"x\"");
    assertThat(send("PUT", "/api/admin/keys/noon", "{\"name\":null}").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/api/admin/keys/noon:revoke", "").statusCode()).isEqualTo(200);
  }

  private static <T extends io.grpc.stub.AbstractStub<T>> T stub(Class<T> type) {
    return GrpcClients.builder("gproto+http://127.0.0.1:" + hub.port())
        .addHeader("x-api-key", BOSS)
        .build(type);
  }

  private static void refused(Runnable call, String told) {
    Status status = catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus();
    assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains(told);
  }

  @Test
  void theSameIsToldOverGrpc() {
    KeyServiceGrpc.KeyServiceBlockingStub keys = stub(KeyServiceGrpc.KeyServiceBlockingStub.class);
    Key x = Key.newBuilder().setName("x").build();
    refused(
        () -> keys.createKey(key(x.toBuilder().setRole("boss").build())), "one of caller, admin");
    refused(
        () ->
            keys.createKey(
                key(
                    x.toBuilder()
                        .setExpireTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                        .build())),
        "a time or a duration out of range");
    refused(
        () ->
            keys.createKey(
                key(x.toBuilder().setExpireTime(Timestamp.newBuilder().setSeconds(-5)).build())),
        "from 1970 to 9999");
    refused(
        () ->
            keys.createKey(
                key(x.toBuilder().setExpireTime(Timestamp.newBuilder().setSeconds(5)).build())),
        "which is past");
    refused(
        () ->
            keys.createKey(
                key(
                    x.toBuilder()
                        .setAllowance(
                            Allowance.newBuilder()
                                .addQuotas(
                                    Quota.newBuilder()
                                        .setUnit("minutes")
                                        .setAmount(1)
                                        .setPeriodSeconds(1)))
                        .build())),
        "one of requests, tokens, audio_seconds, characters");
    refused(
        () ->
            keys.rotateKey(
                RotateKeyRequest.newBuilder().setName("night").setOverlapSeconds(-1).build()),
        "overlap_seconds: -1 (expected: 0..2678400)");
    UsageServiceGrpc.UsageServiceBlockingStub usage =
        stub(UsageServiceGrpc.UsageServiceBlockingStub.class);
    refused(
        () -> usage.queryUsage(QueryUsageRequest.newBuilder().setFrom("\u0007soon").build()),
        "from: '\\u0007soon' (expected: a day such as 2026-11-30)");
  }

  private static CreateKeyRequest key(Key key) {
    return CreateKeyRequest.newBuilder().setKey(key).build();
  }
}
