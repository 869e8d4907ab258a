using Chat.Domain.Committing;
using Chat.Domain.Tests.Embed;
using Chat.Spec;
using Xunit;

namespace Chat.Host.Tests.Embed;

/// <summary>The laws of a store, put to one that the package knows nothing of.</summary>
public sealed class StoreLawTests
{
    [Fact]
    public void A_store_in_a_file_holds_the_laws_of_a_store() => Holds(path => new FileStore(path));

    [Fact]
    public void One_that_is_closed_and_opened_after_each_call_holds_them_too() => Holds(path => new Reopened(path));

    private static void Holds(Func<string, IStore> open)
    {
        var folder = Directory.CreateTempSubdirectory("chat-store-");
        var made = 0;
        try
        {
            var wrongs = Stores.wrongs(() => open(Path.Combine(folder.FullName, $"{made++}")));
            Assert.True(wrongs.Count == 0, string.Join('\n', wrongs));
            Assert.True(made > 100, $"{made} stores");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Reopened(string path) : IStore
    {
        public LanguageExt.Seq<Domain.Deciding.Recorded> Load(Domain.Deciding.StreamKey stream) =>
            With(store => store.Load(stream));

        public LanguageExt.Seq<Domain.Deciding.Recorded> LookUp(LanguageExt.Seq<Guid> ids) =>
            With(store => store.LookUp(ids));

        public Outcome Append(Batch batch) => With(store => store.Append(batch));

        public LanguageExt.Seq<Reminder> DueBy(Domain.Values.Instant now) => With(store => store.DueBy(now));

        public void Remind(
            Domain.Deciding.StreamKey stream,
            long version,
            LanguageExt.Option<Domain.Values.Instant> at
        ) =>
            With(store =>
            {
                store.Remind(stream, version, at);
                return 0;
            });

        private T With<T>(Func<FileStore, T> ask)
        {
            using var store = new FileStore(path);
            return ask(store);
        }
    }
}
