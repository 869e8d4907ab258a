using System.Runtime.InteropServices;

namespace Chat.Host.Verbs;

/// <summary>Ctrl-C and SIGTERM, as a wish to end cleanly rather than an end.</summary>
internal static class Stopping
{
    public static IDisposable On(CancellationTokenSource stopping)
    {
        var registrations = new List<PosixSignalRegistration>();
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            registrations.Add(
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        stopping.Cancel();
                    }
                )
            );
        return new All(registrations);
    }

    private sealed class All(List<PosixSignalRegistration> registrations) : IDisposable
    {
        public void Dispose() => registrations.ForEach(registration => registration.Dispose());
    }
}
