package io.stockledger.api.console;

import io.stockledger.document.InvalidCommand;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Says on a page what is wrong with the address of one. */
@Order(0)
@ControllerAdvice(basePackageClasses = InvalidQuestions.class)
final class InvalidQuestions {

    @ExceptionHandler(InvalidCommand.class)
    void invalid(InvalidCommand invalid, HttpServletResponse response) throws IOException {
        response.sendError(HttpStatus.UNPROCESSABLE_CONTENT.value(), invalid.getMessage());
    }
}
