using System.Collections.Concurrent;
using System.Diagnostics;
using Chat.Domain.Conversations;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Bytes that no client of ours would send, by the hundred thousand.</summary>
[Collection(ChatUp.Collection)]
public sealed class MutationTests(ChatUp chat, ITestOutputHelper output)
{
    private const int Window = 128;

    // All that a client may be told; not that the host failed.
    private static readonly string[] Codes =
    [
        "malformed",
        "too_large",
        "not_found",
        "not_a_member",
        "forbidden",
        "unsupported",
        "gone",
        "full",
        "conflict",
        "busy",
    ];

    private static int Rounds => Environment.GetEnvironmentVariable("CHAT_LONG") is null ? 20_000 : 1_000_000;

    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("CHAT_SEED"), out var given) ? given : Environment.TickCount;

    [Fact]
    public async Task Whatever_the_bytes_are_the_host_answers_and_stays_as_it_was()
    {
        var seed = Seed;
        output.WriteLine($"CHAT_SEED={seed}, {Rounds} requests, each a valid one with one byte changed, or a bomb");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var raw = await RawRequests.OpenAsync(chat.Door, eve.Person);
        var mutations = await Mutations.OfAsync(eve, new Random(seed));
        var outcomes = new ConcurrentDictionary<string, int>();
        using var ended = new CancellationTokenSource();
        await SendAsync(raw, mutations, Rounds / 10, outcomes);
        var resident = chat.Host.Resident;
        var well = Task.Run(() => TalkAsync(mia, ended.Token));
        var (started, cpu) = (Stopwatch.GetTimestamp(), chat.Host.Cpu);
        await SendAsync(raw, mutations, Rounds * 9 / 10, outcomes);
        var took = Stopwatch.GetElapsedTime(started);
        await ended.CancelAsync();
        var waits = (await well).Order().ToList();
        var grown = (chat.Host.Resident - resident) >> 20;
        output.WriteLine(
            string.Join(", ", outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))
        );
        output.WriteLine(
            $"{Rounds * 0.9 / took.TotalSeconds:F0}/s, "
                + $"{(chat.Host.Cpu - cpu) / (Rounds * 0.9) * 1000:c} of CPU a thousand"
        );
        output.WriteLine($"resident {resident >> 20} MB, {grown:+0;-0} MB after that");
        output.WriteLine(
            $"somebody else meanwhile: p50 {At(waits, 50):F1} ms, p99 {At(waits, 99):F1} ms, most {waits[^1]:F1} ms"
        );
        Assert.Empty(outcomes.Keys.Except(Codes).Except(["ok"]));
        Assert.True(
            outcomes.ContainsKey("ok") && outcomes.ContainsKey("malformed") && outcomes.ContainsKey("conflict")
        );
        Assert.True(grown < 200, $"the host grew by {grown} MB");
        Assert.True(waits.Count > 20, "somebody else should have been heard all the while");
    }

    [Fact]
    public async Task A_bomb_costs_little()
    {
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var raw = await RawRequests.OpenAsync(chat.Door, eve.Person);
        foreach (var (name, bomb) in Mutations.Bombs)
        {
            const int times = 20;
            await raw.AskAsync(raw.Subject("conversation", "c0", "send"), bomb);
            var (cpu, resident) = (chat.Host.Cpu, chat.Host.Resident);
            for (var n = 0; n < times; n++)
                Assert.Equal(
                    "malformed",
                    RawRequests.CodeOf(await raw.AskAsync(raw.Subject("conversation", "c0", "send"), bomb))
                );
            var each = (chat.Host.Cpu - cpu) / times;
            var grown = (chat.Host.Resident - resident) / times;
            output.WriteLine($"{name}: {each.TotalMilliseconds:F1} ms of CPU, {grown / 1024} KB each");
            Assert.True(each.TotalMilliseconds < 50, $"{name}: {each}");
            Assert.True(grown < 8 << 20, $"{name}: {grown}");
        }
    }

    private static async Task SendAsync(
        RawRequests raw,
        Mutations mutations,
        int count,
        ConcurrentDictionary<string, int> outcomes
    )
    {
        using var window = new SemaphoreSlim(Window);
        var failures = new ConcurrentQueue<Exception>();
        for (var n = 0; n < count && failures.IsEmpty; n++)
        {
            await window.WaitAsync();
            var (place, body, isJson) = mutations.Next();
            _ = OneAsync(raw.Subject(place.Area, place.Id, place.Verb), body, isJson);
        }
        for (var n = 0; n < Window; n++)
            await window.WaitAsync();
        Assert.Empty(failures);

        async Task OneAsync(string subject, byte[] body, bool isJson)
        {
            try
            {
                var answer = await raw.AskAsync(subject, body, isJson, 60);
                var code = isJson ? answer.Code : RawRequests.CodeOf(answer);
                outcomes.AddOrUpdate(code ?? "ok", 1, (_, before) => before + 1);
            }
            catch (Exception fault)
            {
                failures.Enqueue(fault);
            }
            finally
            {
                window.Release();
            }
        }
    }

    private static async Task<List<double>> TalkAsync(Guest mia, CancellationToken ended)
    {
        var group = await mia.CreateAsync(ConversationKind.Group, "calm");
        var waits = new List<double>();
        while (!ended.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            await mia.SayAsync(group, "calm");
            waits.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            await Task.Delay(20, CancellationToken.None);
        }
        return waits;
    }

    private static double At(List<double> sorted, int percent) => sorted[(sorted.Count - 1) * percent / 100];
}
