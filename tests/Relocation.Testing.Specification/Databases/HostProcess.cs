using System.Diagnostics;
using System.Globalization;

namespace Relocation.Testing.Specification.Databases;

/// <summary>Processes of test assemblies that tests start as hosts. They end with the process that started them, however that one ends.</summary>
public static class HostProcess
{
    private const string Parent = "RELOCATION_TEST_PARENT";

    /// <summary>Starts a host that ends with this process.</summary>
    /// <param name="start">What is started; it calls <see cref="EndWithParent"/>.</param>
    /// <param name="parent">Another process with which it ends, or null.</param>
    public static Process Start(ProcessStartInfo start, Process? parent = null)
    {
        start.Environment[Parent] = (parent?.Id ?? Environment.ProcessId).ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    /// <summary>Has this process end when the one that started it does, if it is a host.</summary>
    public static void EndWithParent()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable(Parent), NumberStyles.None, CultureInfo.InvariantCulture, out var parent))
        {
            new Thread(() => EndWith(parent)) { IsBackground = true, Name = nameof(HostProcess) }.Start();
        }
    }

    private static void EndWith(int parent)
    {
        try
        {
            using var process = Process.GetProcessById(parent);
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
