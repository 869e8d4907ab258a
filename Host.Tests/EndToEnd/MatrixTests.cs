using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using LanguageExt;
using Xunit;
using Xunit.Abstractions;
using Permitted = Chat.Spec.Oracle.Permitted;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// Every verb × every role × every way to stand to a conversation: what the host answers is what <see
/// cref="Permissions.Evaluate"/> says of the state that its own events fold to, and what the oracle says of the events.
/// </summary>
[Collection(ChatUp.Collection)]
public sealed class MatrixTests(ChatUp chat, ITestOutputHelper output)
{
    [Fact]
    public async Task What_the_host_answers_is_what_the_rules_say()
    {
        await using var stage = await MatrixStage.SetAsync(chat.Door);
        var (asked, refused, wrong) = (0, 0, new List<string>());
        var channel = await stage.ChannelAsync();
        var state = await stage.StateAsync(channel);
        foreach (var (who, guest) in stage.Cast)
        foreach (var command in stage.Commands(guest))
        {
            asked++;
            var expected = Expected(state, stage, guest, command);
            var told = Must.Accept(await guest.Client.ExplainAsync(channel, command)).Explanation.Verdict;
            if (told.IsAllowed != expected.IsAllowed || !Alike(told, expected))
                wrong.Add($"{who}: {command} is explained as {told}, and is {expected}");
            var prose = Permitted.refusedBy(guest.Person, stage.Now, command, stage.Past);
            if (prose != (told.Refusal is { } refusal ? $"{refusal.Code}: {refusal.Because[^1]}" : ""))
                wrong.Add($"{who}: {command} is explained as {told}, and to the oracle “{prose}”");
            if (expected.IsAllowed)
                continue;
            refused++;
            var answer = Must.Refuse(await guest.Client.ChangeAsync(channel, command));
            if (answer.Code != expected.Refusal!.Code || !answer.Because.Equals(expected.Because))
                wrong.Add($"{who}: {command} is answered {answer}, and is {expected}");
        }
        Assert.True((await stage.StateAsync(channel)).Equals(state), "asking changed something");
        output.WriteLine($"{asked} asked, {refused} refused, {asked - refused} allowed");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Prepend($"{wrong.Count} of {asked}")));
    }

    [Fact]
    public async Task What_the_rules_allow_the_host_does()
    {
        await using var stage = await MatrixStage.SetAsync(chat.Door);
        var (done, wrong) = (0, new List<string>());
        foreach (var (who, guest) in stage.Cast)
        foreach (var index in Enumerable.Range(0, stage.Commands(guest).Count))
        {
            var probe = stage.Commands(guest)[index];
            if (!Expected(stage.Last, stage, guest, probe).IsAllowed)
                continue;
            var channel = await stage.ChannelAsync();
            var answer = await guest.Client.ChangeAsync(channel, stage.Commands(guest)[index]);
            if (answer.Case is Refusal refusal)
                wrong.Add($"{who}: {probe} is allowed, and answered {refusal}");
            done++;
        }
        output.WriteLine($"{done} done");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static Verdict Expected(State state, MatrixStage stage, Guest guest, Command command) =>
        Permissions.Evaluate(state, stage.Facts, guest.Person, command, stage.Now);

    // How long something still lasts goes by while one asks.
    private static bool Alike(Verdict told, Verdict expected) =>
        told.Because.Equals(expected.Because) && told.Refusal?.Code == expected.Refusal?.Code;
}
