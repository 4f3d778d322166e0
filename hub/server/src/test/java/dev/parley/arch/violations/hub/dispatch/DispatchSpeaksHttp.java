package dev.parley.arch.violations.hub.dispatch;

import com.linecorp.armeria.common.HttpStatus;

/** A domain package that speaks HTTP. */
public record DispatchSpeaksHttp(HttpStatus seen) {}
