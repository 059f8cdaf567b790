package io.stockledger.api.rest;

import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a parameter that the route does not know, so that a typing error is never taken for a wish. Routes that name
 * no parameter and take the request itself read theirs with {@link QueryParameters}.
 */
final class KnownParameters implements HandlerInterceptor {

    /** @throws MalformedRequest when a parameter is unknown, or the query string cannot be read */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod route) {
            List<MethodParameter> taken = Arrays.asList(route.getMethodParameters());
            TreeSet<String> known = new TreeSet<>();
            taken.stream()
                    .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                    .forEach(parameter -> known.add(parameter.getParameter().getName()));
            boolean readsThemItself = known.isEmpty()
                    && taken.stream().anyMatch(parameter -> parameter.getParameterType() == HttpServletRequest.class);
            if (!readsThemItself) {
                for (String name : QueryParameters.of(request).keySet()) {
                    if (!known.contains(name)) {
                        throw MalformedRequest.unknown(name, "parameter", known);
                    }
                }
            }
        }
        return true;
    }
}
