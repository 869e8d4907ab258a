using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>A host is killed while it indexes, and the index is thrown away: all of it is found again.</summary>
[Collection(KillableChat.Collection)]
public sealed class IndexKilledTests(KillableChat chat)
{
    private const int Said = 900;

    [Fact]
    public async Task All_that_was_said_is_found_after_a_kill_in_the_middle_and_after_the_index_is_dropped()
    {
        await using var mia = await chat.Door.ClientAsync(Door.NewPerson("mia"));
        var create = new Command.Create(ConversationKind.Group, [], Texts.Name("indexed"));
        var group = Must.Accept(await mia.ChangeAsync(null, create)).Stream.Conversation;
        var sends = Enumerable.Range(1, Said).Select(n => mia.SendAsync(group, Texts.Body($"cardamom {n}")));
        foreach (var receipt in await Task.WhenAll(sends))
            Must.Accept(receipt);
        await chat.KillHostAsync();
        var before = await CountAsync($"select count(*) from chat.chat_search where stream_id like '%{group}'");
        await chat.StartHostAsync();
        await FindsAllAsync(mia, group);
        await CountAsync("with gone as (delete from chat.chat_search_position) select count(*) from chat.chat_search");
        await CountAsync("with gone as (delete from chat.chat_search) select 0::bigint");
        await FindsAllAsync(mia, group);
        Assert.True(before <= Said, $"{before} were indexed before the kill");
    }

    private static Task FindsAllAsync(ChatClient mia, ConversationId group) =>
        Eventually.HoldsAsync(
            async () =>
            {
                var (found, cursor) = (new List<long>(), (string?)null);
                do
                {
                    var page = Must.Accept(await mia.SearchAsync(SearchTests.For("cardamom"), group, cursor, 200));
                    found.AddRange(page.Messages.Select(one => one.Message.Seq));
                    cursor = page.Cursor;
                } while (cursor is not null);
                return found.SequenceEqual(Enumerable.Range(1, Said).Reverse().Select(n => (long)n));
            },
            "each is found, once",
            20
        );

    private async Task<long> CountAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(chat.Servers.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
