using System.Net;
using Chat.Protocol;

namespace Chat.Host.Page;

/// <summary>
/// Comes in as anybody, without a password: only with the development issuer, only from this machine, and never for a
/// page from elsewhere (<see cref="PageGuard"/> has looked at the names).
/// </summary>
internal static class DevelopmentDoor
{
    /// <summary>What is asked.</summary>
    private sealed record Wish(string? Person, string? Device);

    public static void Map(WebApplication app, Development development)
    {
        var door = app.MapGroup("/dev").AddEndpointFilter(LoopbackOnlyAsync);
        door.MapGet("/people", () => development.People);
        // Only JSON is read, which another page cannot send without asking first; nobody says yes to it.
        door.MapPost("/token", (Wish wish) => Token(development, wish));
    }

    private static IResult Token(Development development, Wish wish) =>
        wish.Person is { } person && Names.IsToken(wish.Device) && Names.PersonOf(person)?.Value == person
            ? Results.Json(new { token = development.Issue(person, wish.Device) })
            : Results.Json(
                new { because = "person and device: 1 to 64 characters of A-Z a-z 0-9 _ -" },
                statusCode: StatusCodes.Status400BadRequest
            );

    private static async ValueTask<object?> LoopbackOnlyAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        return http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            ? await next(context)
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
