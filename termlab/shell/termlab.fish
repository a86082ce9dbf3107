# Tells termlab where prompts, commands and their output are, how each command ended, and in which
# directory the shell is (OSC 133 and OSC 7). For ~/.config/fish/config.fish, behind whatever sets the
# prompt:
#
#     set -q TERMLAB; and termlab shell-init fish | source
#
# or, which starts faster, `source FILE` with the file that `termlab shell-init --path fish` names. It
# does nothing outside of termlab's panes unless TERMLAB_MARKS=always is set, nothing a second time, and
# nothing in fish 4, which tells all of this by itself.

if status is-interactive
    and begin
        set -q TERMLAB
        or test "$TERMLAB_MARKS" = always
    end
    and not set -q __termlab_loaded
    and string match -qr '^[0-3]\.' -- $version
    set -g __termlab_loaded 1

    function __termlab_directory --on-variable PWD
        printf '\e]7;file://%s%s\a' (hostname) (string escape --style=url -- $PWD)
    end

    function __termlab_runs --on-event fish_preexec
        printf '\e]133;C\a'
    end

    function __termlab_ran --on-event fish_postexec
        printf '\e]133;D;%s\a' $status
    end

    if functions -q fish_prompt
        functions -c fish_prompt __termlab_prompt
        function fish_prompt
            printf '\e]133;A\a'
            __termlab_prompt
            printf '\e]133;B\a'
        end
    end

    __termlab_directory
end
