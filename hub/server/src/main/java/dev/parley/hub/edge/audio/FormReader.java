package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.MimeParsingException;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.RequestBody;
import dev.parley.hub.media.Incoming;
import dev.parley.hub.media.MediaDesk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests that bring sound: a form whose {@code file} goes to the disk as it arrives, its
 * other parts in any order, or a JSON object with the bytes in Base64 as {@code file} or, where
 * lists are allowed, as {@code input_audio}. Either may name an upload as {@code media} instead.
 */
public final class FormReader {

  private static final String INPUT_AUDIO = "input_audio";
  private static final int FIELDS_MAX = 64;
  private static final int FIELD_BYTES_MAX = 64 << 10;
  private static final int LARGE_BYTES_MAX = 4 << 20;

  private final MediaDesk media;
  private final MemoryBudget budget;
  private final long bodyBytesMax;

  /**
   * @param budget bounds what JSON bodies hold
   * @param bodyBytesMax the largest JSON body
   */
  public FormReader(MediaDesk media, MemoryBudget budget, long bodyBytesMax) {
    this.media = media;
    this.budget = budget;
    this.bodyBytesMax = bodyBytesMax;
  }

  /** Reads the whole request; completes on its event loop. */
  CompletableFuture<Form> read(ServiceRequestContext ctx, HttpRequest req) {
    return read(ctx, req, FormRule.PLAIN);
  }

  /** Reads the whole request, be it a form or JSON; completes on its event loop. */
  public CompletableFuture<Form> read(ServiceRequestContext ctx, HttpRequest req, FormRule rule) {
    MediaType type = req.contentType();
    if (type != null && type.is(MediaType.MULTIPART_FORM_DATA)) {
      return new Parts(ctx, rule).read(req);
    }
    if (type == null || type.isJson()) {
      return json(ctx, req, rule);
    }
    req.abort();
    return CompletableFuture.failedFuture(
        new HubException(
            new HubError.UnsupportedMediaType(
                type.type() + "/" + type.subtype(), "multipart/form-data or application/json")));
  }

  /** Reads a form with other files than one; completes on the request's event loop. */
  public CompletableFuture<Form> read(ServiceRequestContext ctx, HttpRequest req, FileRule rule) {
    MediaType type = req.contentType();
    if (type != null && type.is(MediaType.MULTIPART_FORM_DATA)) {
      return new Parts(ctx, new FormRule(rule, false, Set.of())).read(req);
    }
    req.abort();
    return CompletableFuture.failedFuture(
        new HubException(
            new HubError.UnsupportedMediaType(
                type == null ? "none" : type.type() + "/" + type.subtype(),
                "multipart/form-data")));
  }

  private CompletableFuture<Form> json(ServiceRequestContext ctx, HttpRequest req, FormRule rule) {
    CompletableFuture<Form> read = new CompletableFuture<>();
    RequestBody[] body = new RequestBody[1];
    body[0] =
        RequestBody.collect(
            req,
            ctx.eventLoop(),
            bodyBytesMax,
            "server.request_bytes_max",
            budget,
            new RequestBody.Receiver() {
              @Override
              public void body(byte[] bytes, int length) {
                try {
                  read.complete(form(Arrays.copyOf(bytes, length), rule));
                } catch (RuntimeException e) {
                  read.completeExceptionally(e);
                }
              }

              @Override
              public void failed(Throwable failure) {
                read.completeExceptionally(failure);
              }
            });
    var _ = ctx.log().whenComplete().thenRun(() -> ctx.eventLoop().execute(body[0]::release));
    return read;
  }

  private Form form(byte[] utf8, FormRule rule) {
    JsonValue root;
    try {
      root = Json.parse(utf8);
    } catch (JsonSyntaxException e) {
      throw Fields.invalid("body", "not JSON, " + e.getMessage(), "a JSON object");
    }
    if (!root.isObject()) {
      throw Fields.invalid("body", "no JSON object", "a JSON object");
    }
    Fields fields = new Fields();
    byte[] content = null;
    for (JsonMember member : root.object()) {
      JsonValue value = member.value();
      if (value.isNull()) {
        continue;
      }
      if (rule.files().names().contains(member.name())) {
        content = base64(member.name(), value);
      } else if (rule.lists() && member.name().equals(INPUT_AUDIO)) {
        content = inputAudio(value, fields);
      } else if (rule.lists()) {
        fields.put(bare(member.name()), value);
      } else {
        fields.put(member.name(), scalar(member.name(), value));
      }
    }
    return new Form(fields, media, rule.files().field(), List.of(), List.of(), content);
  }

  /**
   * Sound as chats carry it: {@code data} and {@code format}, which counts where nothing else
   * tells.
   */
  private static byte[] inputAudio(JsonValue value, Fields fields) {
    JsonValue data = value.get("data");
    if (data == null) {
      throw Fields.invalid(INPUT_AUDIO, "without data", "an object with data and format");
    }
    JsonValue format = value.get("format");
    if (format != null && format.isString()) {
      AudioEncoding.byName(format.asString())
          .filter(AudioEncoding::isHeaderless)
          .ifPresent(encoding -> fields.put("input_format", encoding.wireName()));
    }
    return base64(INPUT_AUDIO + ".data", data);
  }

  private static byte[] base64(String name, JsonValue value) {
    try {
      return Base64.getDecoder().decode(value.asString());
    } catch (RuntimeException e) {
      throw Fields.invalid(name, "not Base64", "the bytes of the sound in Base64");
    }
  }

  /** Lists of forms are often spelled with brackets. */
  private static String bare(String name) {
    return name.endsWith("[]") ? name.substring(0, name.length() - 2) : name;
  }

  private static String scalar(String name, JsonValue value) {
    if (value.isString()) {
      return value.asString();
    }
    if (value.isObject() || value.isArray()) {
      throw Fields.invalid(name, "a list or an object", "one value");
    }
    return value.raw();
  }

  /** The parts of one form, one after the other. */
  private final class Parts {

    private final ServiceRequestContext ctx;
    private final FileRule rule;
    private final Set<String> large;
    private final Fields fields = new Fields();
    private final List<Incoming> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Parts(ServiceRequestContext ctx, FormRule rule) {
      this.ctx = ctx;
      this.rule = rule.files();
      this.large = rule.large();
    }

    CompletableFuture<Form> read(HttpRequest req) {
      Optional<String> boundary = boundary(req);
      if (boundary.isEmpty()) {
        req.abort();
        return CompletableFuture.failedFuture(notAForm());
      }
      CompletableFuture<Form> read = new CompletableFuture<>();
      var _ =
          Multipart.from(boundary.get(), req.decode(new WholeBoundaries(boundary.get())))
              .collect(this::part)
              .whenCompleteAsync(
                  (_, failure) -> {
                    if (failure == null) {
                      read.complete(new Form(fields, media, rule.field(), files, names, null));
                      return;
                    }
                    files.forEach(Incoming::drop);
                    read.completeExceptionally(readable(failure));
                  },
                  ctx.eventLoop());
      return read;
    }

    /** Completes with something, as parts are collected. */
    private CompletableFuture<Boolean> part(BodyPart part) {
      String name = part.name();
      if (name != null && (rule.names().contains(bare(name)) || part.filename() != null)) {
        return file(bare(name), part).thenApply(_ -> true);
      }
      boolean isLarge = name != null && large.contains(bare(name));
      if (isLarge && !reserved()) {
        part.content().abort();
        return CompletableFuture.failedFuture(
            new HubException(
                new HubError.Overloaded(
                    "the hub holds as many request bodies as its memory allows",
                    Duration.ofSeconds(1))));
      }
      CompletableFuture<byte[]> value =
          PartBytes.collect(
              part.content(),
              ctx.eventLoop(),
              isLarge ? LARGE_BYTES_MAX : FIELD_BYTES_MAX,
              shown(name));
      return value.thenApply(bytes -> {
        if (name == null) {
          throw Fields.invalid("form", "a part without a name", "a name for each part");
        }
        if (fields.count() == FIELDS_MAX) {
          throw Fields.invalid("form", "too many parts", "at most " + FIELDS_MAX);
        }
        fields.put(bare(name), new String(bytes, StandardCharsets.UTF_8));
        return true;
      });
    }

    /** Given back when the call has ended. */
    private boolean reserved() {
      if (!budget.reserve(LARGE_BYTES_MAX)) {
        return false;
      }
      var _ = ctx.log().whenComplete().thenRun(() -> budget.release(LARGE_BYTES_MAX));
      return true;
    }

    private CompletableFuture<Void> file(String name, BodyPart part) {
      boolean full = files.size() == rule.filesMax();
      if (!rule.names().contains(name) || full) {
        part.content().abort();
        String tooMany = rule.filesMax() == 1 ? "given twice" : "more than " + rule.filesMax();
        return CompletableFuture.failedFuture(
            Fields.invalid(rule.field(), full ? tooMany : "named " + shown(name), rule.expected()));
      }
      Incoming file;
      try {
        file = media.receive();
      } catch (RuntimeException e) {
        part.content().abort();
        return CompletableFuture.failedFuture(e);
      }
      files.add(file);
      names.add(name);
      return Spool.write(part.content(), ctx.eventLoop(), file, rule);
    }

    private static String shown(@Nullable String name) {
      if (name == null) {
        return "a part";
      }
      return Shown.text(name);
    }

    /** A body that breaks off or is no form is the caller's to mend. */
    private static Throwable readable(Throwable failure) {
      Throwable cause = failure;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause instanceof MimeParsingException ? notAForm() : cause;
    }

    private static HubException notAForm() {
      return Fields.invalid("body", "not a form", "multipart/form-data with a boundary");
    }

    private static Optional<String> boundary(HttpRequest req) {
      MediaType type = req.contentType();
      return type == null
          ? Optional.empty()
          : type.parameters().getOrDefault("boundary", List.of()).stream()
              .filter(it -> !it.isEmpty())
              .findFirst();
    }
  }
}
