package io.stockledger.api.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.gate.Answers;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.Login;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Pipeline;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
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
    DoorTimes doorTimes(MeterRegistry meters) {
        return new DoorTimes(meters);
    }

    /** For whoever shows credentials, before Spring Security. */
    @Bean
    FilterRegistrationBean<RestDoor> restDoor(
            Answers answers, Authentication authentication, ProblemCounts counts, DoorTimes times) {
        return door(answers, counts, times, "restDoor", Ordered.HIGHEST_PRECEDENCE + 1, new RestDoor.Keeper() {
            @Override
            public boolean sendsOn(HttpServletRequest request) {
                return PageCalls.isOne(request);
            }

            @Override
            public Login logIn(HttpServletRequest request) {
                return authentication.logIn(
                        request.getHeader(HttpHeaders.AUTHORIZATION), RestDoor.WHERE_CREDENTIALS_ARE);
            }
        });
    }

    /** For pages of the console, behind Spring Security. */
    @Bean
    FilterRegistrationBean<RestDoor> restDoorOfPages(Answers answers, ProblemCounts counts, DoorTimes times) {
        return door(answers, counts, times, "restDoorOfPages", Ordered.LOWEST_PRECEDENCE, new RestDoor.Keeper() {
            @Override
            public boolean sendsOn(HttpServletRequest request) {
                return PageCalls.login().isEmpty();
            }

            @Override
            public Login logIn(HttpServletRequest request) {
                return PageCalls.login()
                        .orElseThrow(() -> Authentication.refused(null, RestDoor.WHERE_CREDENTIALS_ARE));
            }
        });
    }

    /** Two for each body of commands, which is read while its answers are written. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService commandLines() {
        return Executors.newFixedThreadPool(2 * CommandRoutes.MOST_AT_ONCE, task -> {
            Thread thread = new Thread(task, "command-lines");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static FilterRegistrationBean<RestDoor> door(
            Answers answers, ProblemCounts counts, DoorTimes times, String name, int order, RestDoor.Keeper keeper) {
        FilterRegistrationBean<RestDoor> door =
                new FilterRegistrationBean<>(new RestDoor(answers, keeper, counts, times));
        door.addUrlPatterns("/v1/*");
        door.setName(name);
        door.setOrder(order);
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

    /** In this order, so that what is refused has an id; of valves that tell failures the latest is asked first. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadableRequests(ProblemCounts counts) {
        return server -> server.addContextCustomizers(context -> {
            Pipeline pipeline = context.getParent().getPipeline();
            pipeline.addValve(new RequestIds());
            pipeline.addValve(new UnreadableRequests(counts));
        });
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
