namespace Chat.Host.Page;

/// <summary>
/// What every answer to a browser carries, and who is let near: only who calls us by our own name, so that a foreign
/// name that was pointed at this machine reaches nothing.
/// </summary>
internal sealed class PageGuard(PageOptions options)
{
    private readonly string policy = string.Join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        $"connect-src 'self' {options.WebSocketUrl.Replace(',', ' ')}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'"
    );

    public Task LookAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        var origins = PageOptions.OriginsAt(context.Connection.LocalPort);
        var own = $"{request.Scheme}://{request.Host.Value}";
        if (!origins.Contains(own, StringComparer.OrdinalIgnoreCase))
            return RefuseAsync(response, StatusCodes.Status421MisdirectedRequest, "This is not served here.");
        // A browser says where a request comes from when it is another page's, and with every POST.
        if (request.Headers.Origin is [{ } origin] && !origin.Equals(own, StringComparison.OrdinalIgnoreCase))
            return RefuseAsync(response, StatusCodes.Status403Forbidden, "Only the page itself may ask.");
        var headers = response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }

    private static Task RefuseAsync(HttpResponse response, int status, string words)
    {
        response.StatusCode = status;
        return response.WriteAsync(words);
    }
}
