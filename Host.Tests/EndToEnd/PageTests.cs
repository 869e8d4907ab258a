using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Chat.Host.Verbs;
using NATS.Client.Core;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What <c>up</c> has for a browser.</summary>
[Collection(ChatUp.Collection)]
public sealed class PageTests(ChatUp chat)
{
    [Fact]
    public async Task Somebody_comes_in_from_a_page_with_a_token_of_the_development_issuer()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Place.Read(chat.Folder).Http) };
        var config = await http.GetFromJsonAsync<JsonElement>("/config.json");
        Assert.True(config.GetProperty("development").GetBoolean());
        using var answer = await http.PostAsJsonAsync("/dev/token", new { person = "noor", device = "laptop" });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        var url = config.GetProperty("websocket").GetString()!;
        await using var nats = new NatsConnection(Nats.Connections.Client(url, "noor", "laptop", token));
        await nats.PingAsync();
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", true)]
    [InlineData("http://localhost:{0}", true)]
    [InlineData("https://127.0.0.1:{0}", false)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("http://evil.example", false)]
    public async Task Only_the_page_may_open_a_websocket(string origin, bool isOurs)
    {
        var place = Place.Read(chat.Folder);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", string.Format(origin, new Uri(place.Http).Port));
        var failed = await Record.ExceptionAsync(() => socket.ConnectAsync(new Uri(place.WebSocket!), default));
        Assert.Equal(isOurs, failed is null);
    }
}
