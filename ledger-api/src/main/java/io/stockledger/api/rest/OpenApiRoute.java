package io.stockledger.api.rest;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The OpenAPI document: what REST takes and answers, in one file. */
@RestController
final class OpenApiRoute {

    private static final Resource DOCUMENT = new ClassPathResource("io/stockledger/api/openapi.yaml");

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(DOCUMENT);
    }
}
