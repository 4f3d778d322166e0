package dev.parley.hub.bench.process;

import java.nio.file.Path;

/** The configuration of nginx as a plain reverse proxy. */
final class NginxConfig {

  static final String UNBUFFERED = "/unbuffered";

  private NginxConfig() {}

  static String of(Path directory, int port, int backendPort) {
    return """
    daemon off;
    worker_processes 1;
    pid %1$s/nginx.pid;
    events { worker_connections 8192; }
    http {
      access_log %1$s/nginx-access.log;
      client_body_temp_path %1$s/nginx-body;
      proxy_temp_path %1$s/nginx-proxy;
      fastcgi_temp_path %1$s/nginx-fastcgi;
      uwsgi_temp_path %1$s/nginx-uwsgi;
      scgi_temp_path %1$s/nginx-scgi;
      proxy_max_temp_file_size 0;
      tcp_nodelay on;
      keepalive_timeout 60s;
      keepalive_requests 1000000000;
      upstream backend {
        server 127.0.0.1:%3$d;
        keepalive 1024;
        keepalive_requests 1000000000;
      }
      server {
        listen 127.0.0.1:%2$d backlog=4096;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        location / { proxy_pass http://backend; }
        location %4$s/ { proxy_pass http://backend/; proxy_buffering off; }
      }
    }
    """
        .formatted(directory, port, backendPort, UNBUFFERED);
  }
}
