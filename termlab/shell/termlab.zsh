# Tells termlab where prompts, commands and their output are, how each command ended, and in which
# directory the shell is (OSC 133 and OSC 7). For ~/.zshrc, behind whatever sets the prompt:
#
#     [ -n "$TERMLAB" ] && eval "$(termlab shell-init zsh)"
#
# or, which starts faster, `. FILE` with the file that `termlab shell-init --path zsh` names. It does
# nothing outside of termlab's panes unless TERMLAB_MARKS=always is set, and nothing a second time.

if [[ -o interactive && ( -n ${TERMLAB-} || ${TERMLAB_MARKS-} == always ) && -z ${__termlab_loaded-} ]]
then
    typeset -g __termlab_loaded=1 __termlab_pwd= __termlab_url=

    # The working directory, as it stands in a URL: once for each that is gone to.
    __termlab_directory() {
        emulate -L zsh
        [[ $PWD == "$__termlab_pwd" ]] && return
        setopt no_multibyte
        local byte
        local -i at
        __termlab_pwd=$PWD __termlab_url=
        for ((at = 1; at <= ${#__termlab_pwd}; at++)); do
            byte=$__termlab_pwd[at]
            case $byte in
                [a-zA-Z0-9/._~-]) __termlab_url+=$byte ;;
                *) __termlab_url+=%$(([##16] #byte)) ;;
            esac
        done
    }

    # First of all that runs before a prompt.
    __termlab_before() {
        local -i last=$?
        __termlab_directory
        print -rn -- $'\e]133;D;'$last$'\a\e]7;file://'${HOST-}$__termlab_url$'\a'
    }

    # Last of all: whatever made the prompt has done so.
    __termlab_after() {
        [[ $PS1 == *'133;A'* ]] || PS1=$'%{\e]133;A\a%}'$PS1$'%{\e]133;B\a%}'
    }

    __termlab_runs() {
        print -n '\e]133;C\a'
    }

    typeset -ga precmd_functions preexec_functions
    precmd_functions=(__termlab_before $precmd_functions __termlab_after)
    preexec_functions+=(__termlab_runs)
fi
