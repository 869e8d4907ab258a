using Chat.Host.Store;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.Store;

[Collection(StoreCollection.Name)]
public sealed class PoolTests(StoreFixture postgres)
{
    [Fact]
    public async Task As_many_connections_are_open_as_the_connection_string_names_and_no_more()
    {
        var where = await postgres.FreshAsync() + ";Maximum Pool Size=3;Timeout=1";
        await using var database = await Database.OpenAsync(new DatabaseOptions(where, "pool"));
        var open = new List<NpgsqlConnection>();
        for (var i = 0; i < 3; i++)
            open.Add(await database.Reads.OpenConnectionAsync());
        await Assert.ThrowsAsync<NpgsqlException>(async () => await database.Reads.OpenConnectionAsync());
        foreach (var one in open)
            await one.DisposeAsync();
        await using var again = await database.Reads.OpenConnectionAsync();
    }
}
