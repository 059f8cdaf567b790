package io.stockledger.api.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.gate.Answers;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.security.Authentication;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** The door for the contract, before everything else, and strictness for the routes beside it. */
@Configuration(proxyBeanMethods = false)
class RestWiring implements WebMvcConfigurer {

    @Bean
    FilterRegistrationBean<RestDoor> restDoor(
            Answers answers, Authentication authentication, ProblemCounts counts, MeterRegistry meters) {
        FilterRegistrationBean<RestDoor> door =
                new FilterRegistrationBean<>(new RestDoor(answers, authentication, counts, new DoorTimes(meters)));
        door.addUrlPatterns("/v1/*");
        door.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return door;
    }

    /** As strict as the door: nothing is said twice, and a number is no text. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    /** A slash in a name, {@code %2F} or {@code %5C}, is part of it; the door decodes a path after it has split it. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashesInNames() {
        return server -> server.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        });
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadBodies() {
        return server -> server.addEngineValves(new UnreadBodies());
    }

    /** The latest valve is asked first. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadableRequests(ProblemCounts counts) {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new UnreadableRequests(counts)));
    }

    /** Who takes problems takes an answer where there is none, as the door has it. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        HeaderContentNegotiationStrategy accepted = new HeaderContentNegotiationStrategy();
        negotiation.strategies(List.of(request -> {
            List<MediaType> types = new ArrayList<>(accepted.resolveMediaTypes(request));
            if (types.contains(MediaType.APPLICATION_PROBLEM_JSON)) {
                types.add(MediaType.APPLICATION_JSON);
            }
            return types;
        }));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParameters()).addPathPatterns("/v1/**");
        interceptors.addInterceptor(new PlainBodies()).addPathPatterns("/v1/**");
    }
}
