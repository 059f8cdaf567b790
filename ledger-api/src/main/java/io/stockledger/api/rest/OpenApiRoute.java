package io.stockledger.api.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document: what REST takes and answers, in one file. */
@RestController
final class OpenApiRoute {

    private static final Resource DOCUMENT = new ClassPathResource("io/stockledger/api/openapi.yaml");

    /** Made when somebody first asks. */
    private static final class AsJson {

        static final byte[] DOCUMENT = document();

        private static byte[] document() {
            LoaderOptions reading = new LoaderOptions();
            DumperOptions writing = new DumperOptions();
            Yaml yaml = new Yaml(
                    new SafeConstructor(reading), new Representer(writing), writing, reading, new InstantsAsTexts());
            try (InputStream document = OpenApiRoute.DOCUMENT.getInputStream()) {
                return JsonMapper.shared().writeValueAsBytes(yaml.<Object>load(document));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An example's instant stays as it is written. */
    private static final class InstantsAsTexts extends Resolver {

        @Override
        public void addImplicitResolver(Tag tag, Pattern form, String first, int longest) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, form, first, longest);
            }
        }
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> json() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(AsJson.DOCUMENT);
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(DOCUMENT);
    }
}
