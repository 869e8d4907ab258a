using System.Net;
using System.Net.Http.Json;
using System.Text;
using Chat.Host.Operate;
using Chat.Host.Page;
using Xunit;

namespace Chat.Host.Tests.Page;

/// <summary>What browsers get over HTTP, and what is kept from pages that are not ours.</summary>
public sealed class ServingTests : IAsyncLifetime
{
    private readonly string folder = Servers.NewFolder();
    private readonly List<(string Person, string Device)> issued = [];
    private HttpEndpoints? endpoints;
    private HttpClient? http;

    private HttpClient Http => http ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "<!doctype html><title>Chat</title>");
        await File.WriteAllTextAsync(Path.Combine(folder, "main-ABCDEF12.js"), new string(' ', 4_000));
        await File.WriteAllTextAsync(Path.Combine(folder, "lamp.svg"), "<svg/>");
        endpoints = await StartAsync(new Development(Issue, [new Face("noor", "Noor", null)]));
        http = new HttpClient { BaseAddress = new Uri(endpoints.Url) };
    }

    public async Task DisposeAsync()
    {
        http?.Dispose();
        if (endpoints is { } running)
            await running.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/talk/lobby")]
    public async Task The_page_is_there_under_every_place_of_its_own(string place)
    {
        using var answer = await Http.GetAsync(place);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' ws://127.0.0.1:4780", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/main-ABCDEF12.js", "public, max-age=31536000, immutable")]
    [InlineData("/lamp.svg", "no-cache")]
    public async Task What_is_named_by_its_content_is_kept_for_ever(string file, string kept)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, file);
        ask.Headers.Add("Accept-Encoding", "br, gzip");
        using var answer = await Http.SendAsync(ask);
        Assert.Equal(kept, answer.Headers.CacheControl?.ToString());
        Assert.Contains("br", answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("/missing.js")]
    [InlineData("/../secrets/token-key.pem")]
    [InlineData("/%2e%2e/secrets/token-key.pem")]
    public async Task There_is_nothing_else(string file)
    {
        using var answer = await Http.GetAsync(file);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_learns_where_the_server_is()
    {
        Assert.Equal(
            """{"websocket":"ws://127.0.0.1:4780","development":true}""",
            await Http.GetStringAsync("/config.json")
        );
        Assert.Equal("""[{"person":"noor","name":"Noor"}]""", await Http.GetStringAsync("/dev/people"));
    }

    [Fact]
    public async Task A_token_is_for_who_is_asked_for()
    {
        using var answer = await TokenAsync("noor", "laptop");
        Assert.Equal("""{"token":"t"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal([("noor", "laptop")], issued);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("noor.*", "laptop")]
    [InlineData("", "laptop")]
    [InlineData("-", "laptop")]
    [InlineData("_noor", "laptop")]
    [InlineData("noor", "lap top")]
    [InlineData("noor", ">")]
    [InlineData("noor", null)]
    public async Task What_is_no_token_is_nobody(string person, string? device)
    {
        using var answer = await TokenAsync(person, device);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(issued);
    }

    [Theory]
    [InlineData("POST", "/dev/token", "evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("POST", "/dev/token", null, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/dev/token", null, "null", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/dev/token", null, "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("GET", "/dev/people", "evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET", "/config.json", "evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("GET", "/", "evil.example", null, HttpStatusCode.MisdirectedRequest)]
    public async Task Another_page_gets_nothing(
        string method,
        string path,
        string? host,
        string? origin,
        HttpStatusCode status
    )
    {
        using var ask = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            ask.Content = JsonContent.Create(new { person = "noor", device = "laptop" });
        ask.Headers.Host = host;
        if (origin is not null)
            ask.Headers.Add("Origin", origin);
        using var answer = await Http.SendAsync(ask);
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(issued);
    }

    [Fact]
    public async Task A_form_of_another_page_is_not_read()
    {
        using var form = new StringContent("""{"person":"noor","device":"laptop"}""", Encoding.UTF8, "text/plain");
        using var answer = await Http.PostAsync("/dev/token", form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Empty(issued);
    }

    [Fact]
    public async Task Without_the_development_issuer_nobody_is_let_in()
    {
        await using var product = await StartAsync(null);
        using var client = new HttpClient { BaseAddress = new Uri(product.Url) };
        Assert.Contains("\"development\":false", await client.GetStringAsync("/config.json"), StringComparison.Ordinal);
        using var people = await client.GetAsync("/dev/people");
        Assert.NotEqual("application/json", people.Content.Headers.ContentType?.MediaType);
        using var token = await client.PostAsJsonAsync("/dev/token", new { person = "noor", device = "laptop" });
        Assert.False(token.IsSuccessStatusCode);
    }

    private Task<HttpResponseMessage> TokenAsync(string person, string? device) =>
        Http.PostAsJsonAsync("/dev/token", new { person, device });

    private string Issue(string person, string device)
    {
        issued.Add((person, device));
        return "t";
    }

    private Task<HttpEndpoints> StartAsync(Development? development) =>
        HttpEndpoints.StartAsync(
            ("127.0.0.1", 0),
            () => (true, "ready"),
            () => Task.FromResult(Enumerable.Empty<HostShare>()),
            null,
            new PageOptions
            {
                Folder = folder,
                WebSocketUrl = "ws://127.0.0.1:4780",
                Development = development,
            },
            null,
            default
        );
}
