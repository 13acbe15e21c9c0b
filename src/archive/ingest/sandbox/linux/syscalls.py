"""The system calls that a confined process does without, with their numbers.

Each line: name, number on x86_64 (arch/x86/entry/syscalls/syscall_64.tbl), number on aarch64
(include/uapi/asm-generic/unistd.h); "-" where the machine has no such call.
"""

from functools import lru_cache

from archive.ingest.sandbox.linux.kernel import MACHINES

_SYSTEM = """
ptrace 101 117
mount 165 40
umount2 166 39
pivot_root 155 41
chroot 161 51
open_tree 428 428
move_mount 429 429
fsopen 430 430
fsconfig 431 431
fsmount 432 432
fspick 433 433
mount_setattr 442 442
unshare 272 97
setns 308 268
bpf 321 280
perf_event_open 298 241
keyctl 250 219
add_key 248 217
request_key 249 218
userfaultfd 323 282
io_uring_setup 425 425
io_uring_enter 426 426
io_uring_register 427 427
process_vm_readv 310 270
process_vm_writev 311 271
process_madvise 440 440
pidfd_getfd 438 438
kcmp 312 272
migrate_pages 256 238
move_pages 279 239
open_by_handle_at 304 265
kexec_load 246 104
kexec_file_load 320 294
init_module 175 105
finit_module 313 273
delete_module 176 106
reboot 169 142
swapon 167 224
swapoff 168 225
quotactl 179 60
acct 163 89
settimeofday 164 170
clock_settime 227 112
adjtimex 159 171
clock_adjtime 305 266
sethostname 170 161
setdomainname 171 162
syslog 103 116
iopl 172 -
ioperm 173 -
fanotify_init 300 262
"""

# What reaches other processes of the same user, or files of theirs that need not be open: Landlock knows
# nothing of modes, owners, times, watches and locks, of cutting files before version 3, nor of signals before
# version 6. A process with a session or a group of its own would not be ended with that of its file.
_OTHERS = """
tkill 200 130
rt_sigqueueinfo 129 138
rt_tgsigqueueinfo 297 240
pidfd_open 434 434
pidfd_send_signal 424 424
name_to_handle_at 303 264
chmod 90 -
fchmod 91 52
fchmodat 268 53
fchmodat2 452 452
chown 92 -
fchown 93 55
lchown 94 -
fchownat 260 54
utime 132 -
utimes 235 -
futimesat 261 -
utimensat 280 88
setxattr 188 5
lsetxattr 189 6
fsetxattr 190 7
setxattrat 463 463
removexattr 197 14
lremovexattr 198 15
fremovexattr 199 16
removexattrat 466 466
shmget 29 194
shmat 30 196
shmctl 31 195
semget 64 190
msgget 68 186
mq_open 240 180
mq_unlink 241 181
setpriority 141 140
sched_setscheduler 144 119
sched_setparam 142 118
sched_setattr 314 274
sched_setaffinity 203 122
ioprio_set 251 30
setsid 112 157
setpgid 109 154
truncate 76 45
flock 73 32
inotify_init 253 -
inotify_init1 294 26
inotify_add_watch 254 27
getxattr 191 8
lgetxattr 192 9
getxattrat 464 464
listxattr 194 11
llistxattr 195 12
listxattrat 465 465
file_setattr 469 469
semop 65 193
semtimedop 220 192
semctl 66 191
msgctl 71 187
msgrcv 70 188
msgsnd 69 189
"""

_PROCESSES = """
fork 57 -
vfork 58 -
execve 59 221
execveat 322 281
"""

_READER = """
socket 41 198
socketpair 53 199
connect 42 203
accept 43 202
accept4 288 242
bind 49 200
listen 50 201
sendto 44 206
sendmsg 46 211
sendmmsg 307 269
memfd_create 319 279
memfd_secret 447 447
setuid 105 146
setgid 106 144
setresuid 117 147
setresgid 119 149
setreuid 113 145
setregid 114 143
setgroups 116 159
capset 126 91
ftruncate 77 46
fallocate 285 47
creat 85 -
"""

_CONDITIONAL = """
clone 56 220
clone3 435 435
kill 62 129
tgkill 234 131
prctl 157 167
prlimit64 302 261
socket 41 198
connect 42 203
access 21 -
faccessat 269 48
socketpair 53 199
open 2 -
openat 257 56
openat2 437 437
fcntl 72 25
ioctl 16 29
"""


def system_calls(machine: str) -> tuple[int, ...]:
    """Return the numbers of calls that reach the system or others' files and processes: refused to all."""
    return (*_numbers(_SYSTEM, machine).values(), *_numbers(_OTHERS, machine).values())


def process_calls(machine: str) -> tuple[int, ...]:
    """Return the numbers of calls that start a process or a program; `clone` starts threads too."""
    return tuple(_numbers(_PROCESSES, machine).values())


def reader_calls(machine: str) -> tuple[int, ...]:
    """Return the numbers of calls for network, identity and writing: reading needs none of them."""
    return tuple(_numbers(_READER, machine).values())


def conditional_calls(machine: str) -> dict[str, int]:
    """Return name and number of the calls that are allowed or not by their arguments."""
    return _numbers(_CONDITIONAL, machine)


@lru_cache
def _numbers(table: str, machine: str) -> dict[str, int]:
    column = 1 + MACHINES.index(machine)
    rows = [line.split() for line in table.split("\n") if line]
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}
