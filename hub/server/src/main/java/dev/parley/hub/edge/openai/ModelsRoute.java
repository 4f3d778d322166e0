package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Modality;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Scope;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.Visible;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.registry.ServedModel;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}; an id may contain slashes. */
public final class ModelsRoute implements HttpService {

  private static final String PREFIX = "/v1/models/";

  private final Registry registry;

  public ModelsRoute(Registry registry) {
    this.registry = registry;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    try {
      String path = ctx.path();
      byte[] body =
          path.startsWith(PREFIX)
              ? one(decoded(path), Visitors.scope(ctx))
              : list(ctx.queryParam("task"), Visitors.scope(ctx));
      return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(body));
    } catch (RuntimeException e) {
      return OpenAiErrors.response(ErrorMapper.view(e, RequestIds.of(ctx)));
    }
  }

  /** Callers write the slash of an id as it is or as {@code %2F}; a plus sign is no blank here. */
  private static String decoded(String path) {
    String raw = path.substring(PREFIX.length()).replace("+", "%2B");
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HubException(
          new HubError.InvalidRequest("model", "a bad percent escape", "a URL-encoded model id"),
          e);
    }
  }

  private byte[] one(String id, Scope scope) {
    RegistrySnapshot snapshot = registry.snapshot();
    ServedModel model =
        snapshot
            .find(id)
            .filter(found -> Visible.in(scope, found))
            .orElseThrow(() ->
                new HubException(
                    new HubError.NotFound(
                        HubError.NotFound.Kind.MODEL,
                        id,
                        snapshot.nearest(id).filter(scope::allowsModel))));
    JsonWriter json = new JsonWriter(512);
    write(json, model);
    return json.toBytes();
  }

  private byte[] list(@Nullable String task, Scope scope) {
    Optional<Capability> wanted = Optional.ofNullable(task).map(ModelsRoute::capability);
    JsonWriter json = new JsonWriter(4_096).beginObject();
    json.member("object", "list").name("data").beginArray();
    Stream<ServedModel> models = registry.snapshot().models().stream();
    models
        .filter(model -> Visible.in(scope, model))
        .filter(model -> wanted.map(model.info().capabilities()::contains).orElse(true))
        .forEach(model -> write(json, model));
    return json.endArray().endObject().toBytes();
  }

  private static Capability capability(String task) {
    return Capability.byName(task)
        .orElseThrow(() -> {
          String nearest =
              NearestName.of(task, Capability.wireNames())
                  .map(name -> "; did you mean " + name + "?")
                  .orElse("");
          return new HubException(
              new HubError.InvalidRequest(
                  "task",
                  "an unknown capability",
                  "one of " + String.join(", ", Capability.wireNames()) + nearest));
        });
  }

  private static void write(JsonWriter json, ServedModel model) {
    json.beginObject();
    json.member("id", model.name());
    json.member("object", "model");
    json.member("created", model.info().createdSeconds());
    String owner = model.info().ownedBy();
    json.member("owned_by", owner.isEmpty() ? "parley" : owner);
    strings(
        json,
        "capabilities",
        model.info().capabilities().stream().sorted().map(Capability::wireName));
    strings(
        json, "input_modalities", model.info().inputs().stream().sorted().map(Modality::wireName));
    strings(
        json,
        "output_modalities",
        model.info().outputs().stream().sorted().map(Modality::wireName));
    if (!model.info().languages().isEmpty()) {
      strings(json, "languages", model.info().languages().stream());
    }
    model.info().contextLength().ifPresent(length -> json.member("context_length", length));
    strings(
        json, "backends", model.targets().stream().map(target -> target.backend().id()).distinct());
    json.endObject();
  }

  private static void strings(JsonWriter json, String name, Stream<String> values) {
    json.name(name).beginArray();
    values.forEach(json::value);
    json.endArray();
  }
}
