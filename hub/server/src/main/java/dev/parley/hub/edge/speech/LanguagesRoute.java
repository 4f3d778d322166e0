package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Capability;
import dev.parley.hub.registry.CatalogModel;
import dev.parley.hub.registry.ModelCatalog;
import java.util.Locale;
import java.util.TreeSet;

/** {@code GET /tts/languages}: what the models that speak say that they speak. */
final class LanguagesRoute implements HttpService {

  private final ModelCatalog catalog;

  LanguagesRoute(ModelCatalog catalog) {
    this.catalog = catalog;
    // The names of languages take longer to load than an event loop may wait.
    var _ = name("en");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    req.abort();
    TreeSet<String> codes = new TreeSet<>();
    for (CatalogModel model : catalog.models()) {
      if (model.capabilities().contains(Capability.TTS)) {
        codes.addAll(model.languages());
      }
    }
    JsonWriter json = new JsonWriter(512).beginArray();
    for (String code : codes) {
      json.beginObject().member("code", code).member("name", name(code)).endObject();
    }
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(json.endArray().toBytes()));
  }

  private static String name(String code) {
    String name = Locale.forLanguageTag(code).getDisplayName(Locale.ENGLISH);
    return name.isEmpty() ? code : name;
  }
}
