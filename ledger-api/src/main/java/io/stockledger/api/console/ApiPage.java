package io.stockledger.api.console;

import io.stockledger.api.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The OpenAPI document as a page on which its calls can be tried out. */
@Controller
class ApiPage {

    @ModelAttribute("caller")
    @Nullable Caller caller(@AuthenticationPrincipal @Nullable Caller caller) {
        return caller;
    }

    @GetMapping("/api-docs")
    String show() {
        return "console/api-docs";
    }
}
