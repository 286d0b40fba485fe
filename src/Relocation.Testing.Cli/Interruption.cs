using System.Runtime.InteropServices;
using Relocation.Testing.Cli.Databases;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli;

/// <summary>
/// An interruption by Ctrl+C or a signal. Work is cancelled and undone. If that takes too long, as in a library that does not support
/// cancellation, the process ends without it: databases roll back what was not committed.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _ending = new();
    private int _signals;
    private bool _hasEnded;

    internal Interruption()
    {
        // A command that was started with nohup must survive its terminal.
        PosixSignal[] signals = IsHangUpIgnored() ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations.AddRange(signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)));
    }

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _cancellation.Token;

    internal bool IsRequested => Token.IsCancellationRequested;

    /// <summary>The command has ended.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _hasEnded = true;
        }

        _registrations.ForEach(registration => registration.Dispose());
        _cancellation.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            EndProcess();
            return;
        }

        new Thread(EndAfterPatience) { IsBackground = true, Name = "Interruption" }.Start();
        try
        {
            _cancellation.Cancel();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
        {
            // The command has just ended, or the work does not support cancellation; then the process ends without it.
        }
    }

    private void EndAfterPatience()
    {
        // Blocked work has this long to end.
        Thread.Sleep(Patience);
        EndProcess();
    }

    private void EndProcess()
    {
        lock (_ending)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            try
            {
                TargetFile.RemoveUnfinished();
                OpenDatabase.RemoveUnfinished();
                if (StandardDescriptor.IsOpen(StandardDescriptor.Error))
                {
                    Console.Error.WriteLine($"relocation: {Errors.Ended()}");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // There is nowhere left to report it.
            }
            finally
            {
                Environment.Exit(ExitCode.Cancelled);
            }
        }
    }

    /// <summary>Whether this process ignores the hang-up signal; no if unknown.</summary>
    private static bool IsHangUpIgnored()
    {
        const string Ignored = "SigIgn:";
        try
        {
            return OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
                && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 1) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }
}
