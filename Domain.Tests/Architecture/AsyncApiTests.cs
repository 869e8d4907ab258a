using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>The published contract is what the tables say that the code goes by.</summary>
public sealed class AsyncApiTests
{
    /// <summary>If this fails, <c>./chat api</c> writes the file anew: look at what changed for clients.</summary>
    [Fact]
    public void TheDocumentIsWhatTheCodeSays() =>
        Assert.Equal(
            AsyncApi.Document(),
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "asyncapi.json")).ReplaceLineEndings("\n")
        );
}
