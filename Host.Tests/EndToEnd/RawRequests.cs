using System.Collections.Concurrent;
using System.Globalization;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>An answer as it came: its payload, and the refusal's code from the headers.</summary>
public sealed record RawAnswer(byte[] Payload, string? Code);

/// <summary>Sends requests as bytes, many at once, and matches the answers by their reply subject.</summary>
public sealed class RawRequests : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<RawAnswer>> waiting = new();
    private readonly NatsConnection wire;
    private readonly PersonId person;
    private readonly string inbox;
    private readonly INatsSub<byte[]> answers;
    private readonly Task listening;
    private int last;

    private RawRequests(NatsConnection wire, PersonId person, string inbox, INatsSub<byte[]> answers)
    {
        (this.wire, this.person, this.inbox, this.answers) = (wire, person, inbox, answers);
        listening = Task.Run(ListenAsync);
    }

    public NatsConnection Wire => wire;

    public static async Task<RawRequests> OpenAsync(Door door, PersonId person)
    {
        var wire = await door.WireAsync(person);
        var inbox = Subjects.Inbox(person, DeviceId.Of(Door.Device)) + ".raw";
        var options = new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = 100_000 } };
        return new RawRequests(wire, person, inbox, await wire.SubscribeCoreAsync<byte[]>($"{inbox}.*", opts: options));
    }

    /// <summary>The subject of a request of this person's.</summary>
    public string Subject(string area, string id, string verb) =>
        Subjects.Request(person, DeviceId.Of(Door.Device), area, id, verb);

    /// <summary>Sends one, with the reply where an answer belongs.</summary>
    public async Task<RawAnswer> AskAsync(string subject, byte[] body, bool isJson = false, double seconds = 20)
    {
        var number = Interlocked.Increment(ref last);
        var answer = new TaskCompletionSource<RawAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[number] = answer;
        var headers = isJson ? new NatsHeaders { ["Content-Type"] = "application/json" } : null;
        await wire.PublishAsync(subject, body, headers, $"{inbox}.{number.ToString(CultureInfo.InvariantCulture)}");
        try
        {
            return await answer.Task.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"No answer to {subject} {Convert.ToHexString(body.AsSpan(0, Math.Min(64, body.Length)))}"
            );
        }
    }

    private async Task ListenAsync()
    {
        await foreach (var message in answers.Msgs.ReadAllAsync())
        {
            var number = int.Parse(message.Subject.AsSpan(inbox.Length + 1), CultureInfo.InvariantCulture);
            var code =
                message.Headers?.TryGetValue("Nats-Service-Error-Code", out var given) == true
                    ? given.ToString()
                    : null;
            if (waiting.TryRemove(number, out var answer))
                answer.SetResult(new RawAnswer(message.Data ?? [], code));
        }
    }

    /// <summary>
    /// A refusal has a code of the contract, the same in the body and in the headers; anything else is an ok.
    /// </summary>
    public static string? CodeOf(RawAnswer answer)
    {
        var code = (Decoding.Answer(answer.Payload, _ => true).Case as Refusal)?.Code;
        Assert.Equal(answer.Code, code);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await answers.DisposeAsync();
        await listening;
        await wire.DisposeAsync();
    }
}
