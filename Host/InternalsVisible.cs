using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Chat.Host.Tests")]
[assembly: InternalsVisibleTo("Chat.Benchmarks")]
