// Shows the OpenAPI document. Calls carry the key that was entered under "Authorize", and nothing keeps it.
(function () {
  'use strict';

  const place = document.getElementById('api');
  SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    persistAuthorization: false,
    tryItOutEnabled: false,
    validatorUrl: null,
  });
})();
