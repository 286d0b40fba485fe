using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Relocation.Testing.Databases;

/// <summary>Names other processes, so that a user finds the one that is in the way.</summary>
internal static class RunningProcess
{
    /// <summary><c>process 4711 (dotnet, running since 2026-02-03 04:05:06 UTC)</c>; only its number, where the system tells no more.</summary>
    internal static string Describe(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return string.Create(
                CultureInfo.InvariantCulture, $"process {id} ({process.ProcessName}, running since {process.StartTime.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC)");
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"process {id}");
        }
    }
}
