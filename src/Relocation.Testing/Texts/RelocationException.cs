using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>What every exception of this library that a user's input can cause derives from.</summary>
/// <remarks>The message says what is wrong, where, and what to do. Field values never appear in it unless they were asked for.</remarks>
public abstract class RelocationException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">
    /// What is wrong, where, and what to do. Characters that cannot be seen become escapes, and the rest of a very long text is cut off.
    /// </param>
    /// <param name="innerException">What led to it. Default: nothing.</param>
    protected RelocationException(string message, Exception? innerException = null)
        : base(ShownText.Message(message), innerException)
    {
    }

    /// <summary>Whether it says what was asked of a database, so that a fault of the database behind it is the cause.</summary>
    internal virtual bool WrapsFaults => false;
}
