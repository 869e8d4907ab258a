using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>Says every fault in full, where an assertion on a collection would cut them short.</summary>
internal static class Faults
{
    internal static void None(IEnumerable<string?> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
