namespace Relocation.Testing.Events;

/// <summary>A frame of a stack.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="IsInApplication">Whether it is the application's, and not a library's.</param>
internal sealed record StackFrame(string Module, string Function, int Line, bool IsInApplication);
